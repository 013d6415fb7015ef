import { randomBytes } from "node:crypto";
import type { APIRequestContext } from "@playwright/test";
import { request } from "@playwright/test";
import { expect, type TestServer, test } from "@/e2e/fixtures";

/*
 * SCIM over HTTP, against the built server: the frame, and a walker that knows nothing but what /Schemas tells it. The
 * rules and the providers' shapes are tested beside the code, in lib/scim.
 */

const scimBase = "/api/scim/v2";
const core = "urn:ietf:params:scim:schemas:core:2.0:User";
const errorSchema = "urn:ietf:params:scim:api:messages:2.0:Error";
let made = 0;
const unique = (what: string) => `${what}-${++made}-${Date.now().toString(36)}`;

interface Attribute {
  name: string;
  type: string;
  multiValued: boolean;
  mutability: string;
  returned: string;
  required: boolean;
  canonicalValues?: string[];
  subAttributes?: Attribute[];
}

const scimTest = test.extend<{ scim: APIRequestContext }, { scimToken: string }>({
  scimToken: [
    async ({ server }, use) => {
      await use(await tokenOf(server, { name: unique("provider"), role: "Admin" }));
    },
    { scope: "worker" },
  ],
  scim: async ({ server, scimToken }, use) => {
    const context = await request.newContext({
      baseURL: server.baseURL,
      extraHTTPHeaders: { authorization: `Bearer ${scimToken}`, "content-type": "application/scim+json" },
    });
    await use(context);
    await context.dispose();
  },
});

async function tokenOf(server: TestServer, { name, role }: { name: string; role: string }): Promise<string> {
  const answer = await fetch(`${server.baseURL}/api/users`, {
    method: "POST",
    headers: { authorization: `Bearer ${server.token}`, "content-type": "application/json" },
    body: JSON.stringify({ name, role, token: { name: "scim", expires_in_days: 30, scim: true } }),
  });
  return (await answer.json()).token.bearer_token;
}

const at = (path: string) => `${scimBase}${path}`;

scimTest.describe("the frame", () => {
  scimTest("errors are SCIM's, wherever they come from", async ({ scim, anonymous }) => {
    const cases: [Promise<{ status: () => number }>, number][] = [
      [scim.get(at("/Nonsense")), 404],
      [scim.get(at("/Users/1/2/3")), 404],
      [scim.get(at("/Users/%zz")), 404],
      [scim.get(at("/Users/%00")), 404],
      [scim.get(at("/Schemas/urn:unknown")), 404],
      [scim.get(at("/Schemas/%25zz")), 404],
      [scim.delete(at("/Users")), 405],
      [scim.post(at("/Schemas"), { data: {} }), 405],
      [scim.fetch(at("/Users"), { method: "TRACE" }), 405],
      [scim.post(at("/Users"), { data: "{not json" }), 400],
      [scim.post(at("/Users"), { data: "[]" }), 400],
      [scim.post(at("/Users"), { data: "a=b", headers: { "content-type": "text/plain" } }), 415],
      [scim.post(at("/Users"), { data: `{"userName":"${"x".repeat(1024 * 1024)}"}` }), 413],
      [anonymous.get(at("/Users")), 401],
      [anonymous.get(at("/ServiceProviderConfig")), 401],
      [scim.get(at("/Me")), 501],
    ];
    for (const [answer, status] of cases) {
      const got = (await answer) as Awaited<ReturnType<APIRequestContext["get"]>>;
      expect([got.url(), got.status()]).toEqual([got.url(), status]);
      expect(got.headers()["content-type"]).toBe("application/scim+json");
      expect(await got.json()).toMatchObject({
        schemas: [errorSchema],
        status: String(status),
        detail: expect.any(String),
      });
      if (status === 405) expect(got.headers().allow).toMatch(/GET/);
      if (status === 401) expect(got.headers()["www-authenticate"]).toMatch(/^Bearer/);
    }
  });

  scimTest(
    "a SCIM token is 403 elsewhere, and told why; an Admin's ordinary token works here (T10)",
    async ({ anonymous, api, scimToken }) => {
      const elsewhere = await anonymous.get("/api/users", {
        headers: { authorization: `Bearer ${scimToken}` },
      });
      expect(elsewhere.status()).toBe(403);
      expect((await elsewhere.json()).detail).toContain("/api/scim/v2");
      expect((await api.get(at("/Users"))).status()).toBe(200);
    },
  );

  scimTest("a slash at the end, a dangling mark and an odd charset are no matter", async ({ scim }) => {
    expect((await scim.get(at("/Users/?filter=userName+eq+%22nobody%22&"))).status()).toBe(200);
    expect((await scim.get(at("/Users?"))).status()).toBe(200);
    for (const type of ["application/scim+json; charset=utf-8", "application/json;charset=UTF-8"]) {
      const headers = { "content-type": type };
      const answer = await scim.post(at("/Users"), { headers, data: { userName: unique("charset") } });
      expect(answer.status()).toBe(201);
      expect(answer.headers()["content-type"]).toBe("application/scim+json");
      const { location = "" } = answer.headers();
      expect((await scim.get(location)).status()).toBe(200);
    }
  });

  scimTest("members' $ref leads to the user", async ({ scim }) => {
    const user = await (await scim.post(at("/Users"), { data: { userName: unique("member") } })).json();
    const answer = await scim.post(at("/Groups"), {
      data: { displayName: unique("Group"), members: [{ value: user.id }] },
    });
    const [member] = (await answer.json()).members;
    expect((await (await scim.get(member.$ref)).json()).id).toBe(user.id);
  });

  scimTest("a deleted user takes its place in groups along, and their version moves", async ({ scim }) => {
    const user = await (await scim.post(at("/Users"), { data: { userName: unique("leaver") } })).json();
    const group = await (
      await scim.post(at("/Groups"), {
        data: { displayName: unique("Group"), members: [{ value: user.id }] },
      })
    ).json();
    expect((await scim.delete(at(`/Users/${user.id}`))).status()).toBe(204);
    const after = await (await scim.get(at(`/Groups/${group.id}`))).json();
    expect(after).not.toHaveProperty("members");
    expect(after.meta.version).not.toBe(group.meta.version);
  });
});

scimTest.describe("discovery", () => {
  scimTest("lists what there is; query parameters are passed over", async ({ scim }) => {
    for (const path of ["/ResourceTypes", "/Schemas"]) {
      const list = await (await scim.get(at(`${path}?filter=id+eq+%22x%22&count=0`))).json();
      expect(list.schemas).toEqual(["urn:ietf:params:scim:api:messages:2.0:ListResponse"]);
      expect(list.totalResults).toBe(list.Resources.length);
      for (const { id, name, meta } of list.Resources) {
        expect([id, name].every(Boolean)).toBe(true);
        expect((await (await scim.get(meta.location)).json()).id).toBe(id);
        expect((await scim.get(at(`${path}/${id}`))).status()).toBe(200);
      }
    }
    const types = (await (await scim.get(at("/ResourceTypes"))).json()).Resources;
    const schemas = (await (await scim.get(at("/Schemas"))).json()).Resources.map(
      ({ id }: { id: string }) => id,
    );
    for (const { schema, schemaExtensions } of types)
      expect(schemas).toEqual(
        expect.arrayContaining([schema, ...schemaExtensions.map((one: { schema: string }) => one.schema)]),
      );
  });

  scimTest("advertises what is there", async ({ scim }) => {
    const config = await (await scim.get(at("/ServiceProviderConfig"))).json();
    expect(config).toMatchObject({
      patch: { supported: true },
      bulk: { supported: true, maxOperations: 1000, maxPayloadSize: 1048576 },
      filter: { supported: true, maxResults: 200 },
      changePassword: { supported: false },
      sort: { supported: true },
      etag: { supported: true },
      authenticationSchemes: [{ type: "oauthbearertoken" }],
    });
  });

  scimTest("every attribute has a legal type, mutability, returned and uniqueness", async ({ scim }) => {
    const schemas = (await (await scim.get(at("/Schemas"))).json()).Resources;
    const check = (attribute: Attribute & { uniqueness: string; caseExact: boolean }) => {
      expect(["string", "boolean", "reference", "binary", "dateTime", "complex"]).toContain(attribute.type);
      expect(["readOnly", "readWrite", "immutable", "writeOnly"]).toContain(attribute.mutability);
      expect(["always", "never", "default", "request"]).toContain(attribute.returned);
      expect(["none", "server", "global"]).toContain(attribute.uniqueness);
      expect(attribute.type === "complex").toBe(attribute.subAttributes !== undefined);
      for (const sub of attribute.subAttributes ?? []) check(sub as Parameters<typeof check>[0]);
    };
    for (const { attributes } of schemas) for (const attribute of attributes) check(attribute);
  });
});

scimTest.describe("a walker that reads /Schemas and fills what it finds", () => {
  const random = () => randomBytes(6).toString("hex");

  function randomValueOf(attribute: Attribute): unknown {
    const single = () => {
      if (attribute.type === "complex") return filled(attribute.subAttributes ?? []);
      if (attribute.type === "boolean") return Math.random() < 0.5;
      if (attribute.type === "reference") return `https://example.com/${random()}`;
      if (attribute.type === "binary") return randomBytes(16).toString("base64");
      if (attribute.type === "dateTime") return new Date().toISOString();
      const { canonicalValues } = attribute;
      return canonicalValues?.[Math.floor(Math.random() * canonicalValues.length)] ?? random();
    };
    return attribute.multiValued ? [single()] : single();
  }

  function filled(attributes: Attribute[]): Record<string, unknown> {
    const writable = attributes.filter(({ mutability }) => mutability !== "readOnly");
    return Object.fromEntries(writable.map((attribute) => [attribute.name, randomValueOf(attribute)]));
  }

  async function schemasOf(scim: APIRequestContext, name: "User" | "Group") {
    const types = (await (await scim.get(at("/ResourceTypes"))).json()).Resources;
    const all = (await (await scim.get(at("/Schemas"))).json()).Resources as {
      id: string;
      attributes: Attribute[];
    }[];
    const type = types.find((one: { name: string }) => one.name === name);
    const own = all.find(({ id }) => id === type.schema);
    const extensions = type.schemaExtensions.map(({ schema }: { schema: string }) =>
      all.find(({ id }) => id === schema),
    );
    return { endpoint: type.endpoint as string, own, extensions };
  }

  function body({ own, extensions }: Awaited<ReturnType<typeof schemasOf>>): Record<string, unknown> {
    return {
      schemas: [own?.id, ...extensions.map(({ id }: { id: string }) => id)],
      ...filled(own?.attributes ?? []),
      ...Object.fromEntries(
        extensions.map(({ id, attributes }: { id: string; attributes: Attribute[] }) => [
          id,
          filled(attributes),
        ]),
      ),
    };
  }

  for (const run of [1, 2, 3])
    scimTest(`every attribute of a User is stored and comes back (${run})`, async ({ scim }) => {
      const schemas = await schemasOf(scim, "User");
      const sent = body(schemas);
      const answer = await scim.post(at(schemas.endpoint), { data: sent });
      expect(answer.status()).toBe(201);
      const { id } = await answer.json();
      const { password: _never, ...expected } = sent;
      expect(await (await scim.get(at(`/Users/${id}`))).json()).toMatchObject(expected);

      const replaced = body(schemas);
      const put = await scim.put(at(`/Users/${id}`), { data: { ...replaced, id, meta: {} } });
      expect(put.status()).toBe(200);
      const { password: _again, ...wanted } = replaced;
      expect(await put.json()).toMatchObject({ ...wanted, id });
    });

  scimTest("every attribute of a User is replaced, and removed, by its path", async ({ scim }) => {
    const schemas = await schemasOf(scim, "User");
    const { id } = await (await scim.post(at("/Users"), { data: body(schemas) })).json();
    const patch = async (operation: Record<string, unknown>) => {
      const data = { schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], Operations: [operation] };
      const answer = await scim.patch(at(`/Users/${id}`), { data });
      expect([operation, answer.status()]).toEqual([operation, 200]);
      return answer.json();
    };
    const all = [schemas.own, ...schemas.extensions].flatMap((schema) =>
      (schema?.attributes ?? []).map((attribute: Attribute) => ({ attribute, urn: schema?.id ?? "" })),
    );
    for (const { attribute, urn } of all) {
      if (attribute.mutability === "readOnly") continue;
      const path = `${urn}:${attribute.name}`;
      const value = randomValueOf(attribute);
      const after = await patch({ op: "replace", path, value });
      const holder = urn === schemas.own?.id ? after : (after[urn] ?? {});
      if (attribute.returned !== "never") expect(holder).toMatchObject({ [attribute.name]: value });
      if (attribute.required) continue;
      const without = await patch({ op: "remove", path });
      expect((urn === schemas.own?.id ? without : (without[urn] ?? {}))[attribute.name]).toBeUndefined();
    }
  });

  scimTest("a Group with random members is made without them", async ({ scim }) => {
    const schemas = await schemasOf(scim, "Group");
    const sent = body(schemas);
    const answer = await scim.post(at(schemas.endpoint), { data: sent });
    expect(answer.status()).toBe(201);
    expect(await answer.json()).toMatchObject({ displayName: sent.displayName });
  });
});

scimTest(
  "attributes keep id and schemas and drop the others, on items, lists and answers to writes",
  async ({ scim }) => {
    const userName = unique("projected");
    const data = { schemas: [core], userName, title: "Boss", name: { givenName: "A", familyName: "B" } };
    const made = await (await scim.post(at("/Users?attributes=userName,name.givenName"), { data })).json();
    const expected = { schemas: [core], id: made.id, userName, name: { givenName: "A" } };
    expect(made).toEqual(expected);
    expect(await (await scim.get(at(`/Users/${made.id}?attributes=USERNAME,name.givenName`))).json()).toEqual(
      expected,
    );
    const list = await (
      await scim.get(at(`/Users?filter=id+eq+%22${made.id}%22&attributes=${core}:userName`))
    ).json();
    expect(list.Resources).toEqual([{ schemas: [core], id: made.id, userName }]);
    const put = await scim.put(at(`/Users/${made.id}?excludedAttributes=title,meta`), { data });
    expect(Object.keys(await put.json()).sort()).toEqual(["active", "id", "name", "schemas", "userName"]);
  },
);

scimTest("the root finds users and groups", async ({ scim }) => {
  const name = unique("both");
  await scim.post(at("/Users"), { data: { userName: name, displayName: name } });
  await scim.post(at("/Groups"), { data: { displayName: name } });
  const search = { filter: `displayName eq "${name.toUpperCase()}"`, sortBy: "displayName" };
  const found = await (await scim.post(at("/.search"), { data: search })).json();
  expect(found.totalResults).toBe(2);
  expect(found.Resources.map((one: { meta: { resourceType: string } }) => one.meta.resourceType)).toEqual([
    "User",
    "Group",
  ]);
  const byUserName = await (await scim.get(at(`?filter=userName+eq+%22${name}%22`))).json();
  expect(byUserName.totalResults).toBe(1);
  expect((await scim.get(at("?filter=((("))).status()).toBe(400);
});
