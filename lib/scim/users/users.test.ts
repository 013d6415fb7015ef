import { and, eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { db, transaction } from "@/db/client";
import { auditEvents, sessions, users } from "@/db/schema";
import { openTestInstance, person, service, system, untilSomebodyWaits } from "@/e2e/database/instance";
import { openScim, ScimClient, scimUrl } from "@/e2e/database/scim-client";
import { insertSignIn } from "@/lib/sign-in/credentials";
import { issueToken } from "@/lib/tokens/issue-token";
import { verifyToken } from "@/lib/tokens/verify-token";
import { updateUser } from "@/lib/users/update-user";

openTestInstance();

const userSchema = "urn:ietf:params:scim:schemas:core:2.0:User";
const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
let scim: ScimClient;
let made = 0;
beforeAll(async () => {
  scim = await openScim();
});

const unique = (name = "user") => `${name}-${++made}`;
const create = async (fields: Record<string, unknown> = {}, client = scim) =>
  client.post("/Users", { schemas: [userSchema], userName: unique(), ...fields });
const created = async (fields: Record<string, unknown> = {}) => (await create(fields)).body;
const rowOf = async (id: string) =>
  (
    await db()
      .select()
      .from(users)
      .where(eq(users.id, Number(id)))
  )[0];
const auditOf = (id: string) =>
  db()
    .select()
    .from(auditEvents)
    .where(and(eq(auditEvents.targetType, "user"), eq(auditEvents.targetId, Number(id))))
    .orderBy(auditEvents.id);

describe("creating", () => {
  it("takes a userName that is no e-mail, and nothing else (RFC 7643 §4.1)", async () => {
    const userName = unique("bjensen");
    const answer = await scim.post("/Users", { schemas: [userSchema], userName });
    expect(answer.status).toBe(201);
    const { id, meta, ...rest } = answer.body;
    expect(rest).toEqual({ schemas: [userSchema], userName, active: true });
    expect(meta).toEqual({
      resourceType: "User",
      created: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      lastModified: meta.created,
      location: `${scimUrl}/Users/${id}`,
      version: expect.stringMatching(/^W\/"[^"]+"$/),
    });
    expect(answer.headers.get("location")).toBe(meta.location);
    expect(answer.headers.get("etag")).toBe(meta.version);
    expect(answer.headers.get("content-type")).toBe("application/scim+json");
    expect(await rowOf(id)).toMatchObject({
      userId: userName,
      userType: "User",
      role: "Member",
      email: null,
    });
  });

  it("passes over id, meta, groups and whatever it doesn't know", async () => {
    const answer = await create({
      id: "bulkId:1",
      meta: { created: "1999-01-01T00:00:00Z" },
      groups: [{ value: "1" }],
      department: "top level",
      "urn:mistyped:User": { a: 1 },
      shoeSize: 44,
    });
    expect(answer.status).toBe(201);
    expect(answer.body.id).toMatch(/^\d+$/);
    expect(answer.body.meta.created).not.toContain("1999");
    expect(Object.keys(answer.body).sort()).toEqual(["active", "id", "meta", "schemas", "userName"]);
  });

  it("takes null, empty text and empty lists for unassigned, and text for booleans", async () => {
    const { body } = await create({
      active: "False",
      displayName: "",
      nickName: null,
      emails: [],
      phoneNumbers: [{ value: "", type: "" }],
      name: { givenName: "", familyName: null },
      roles: [{ value: "x", primary: "True" }],
    });
    expect(body.active).toBe(false);
    expect(body.roles).toEqual([{ value: "x", primary: true }]);
    for (const name of ["displayName", "nickName", "emails", "phoneNumbers", "name"])
      expect(body).not.toHaveProperty(name);
  });

  it("accepts a password, keeps it nowhere and opens no sign-in by it", async () => {
    const password = "a long enough password 1!";
    const { body } = await create({ password, emails: [{ value: "pass@example.com" }] });
    expect(body).not.toHaveProperty("password");
    const everything = JSON.stringify([await rowOf(body.id), await auditOf(body.id)]);
    expect(everything).not.toContain(password);
    expect((await scim.get(`/Users?filter=${encodeURIComponent('password eq "x"')}`)).status).toBe(400);
  });

  it("a password of a wrong type isn't quoted back, to where refusals are kept", async () => {
    const { status, body } = await create({ password: 8_412_907 });
    expect(status).toBe(400);
    expect(body.detail).toBe("password takes text, not a number.");
  });

  it("a userName that is taken, in any case, is 409 uniqueness, and never a second user", async () => {
    const userName = unique("Twin");
    const answers = await Promise.all(
      [userName, userName.toUpperCase(), userName.toLowerCase()].map((name) => create({ userName: name })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    const refused = answers.find(({ status }) => status === 409);
    expect(refused?.body).toEqual({
      schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
      status: "409",
      scimType: "uniqueness",
      detail: expect.stringContaining("userName"),
    });
    expect(await scim.find("Users", `userName eq "${userName}"`)).toHaveLength(1);
  });

  it.each([
    ["nothing", undefined],
    ["null", null],
    ["white space", "  "],
    ["a number", 7],
    ["a list", ["a"]],
    ["a service account's id (A3)", "robot@service"],
    ["one that whoever trims it takes for a service account's (A3)", "robot@service "],
    ["the same in capitals", "ROBOT@SERVICE"],
    ["a control character", "a\u0007b"],
    ["a NUL", "a\u0000b"],
    ["half a character", "a\ud800"],
    ["a thousand characters", "n".repeat(1000)],
  ])("a userName that is %s is 400 invalidValue", async (_what, userName) => {
    const before = await db().$count(users);
    const answer = await create({ userName });
    expect(answer).toMatchObject({ status: 400, body: { status: "400", scimType: "invalidValue" } });
    expect(await db().$count(users)).toBe(before);
  });

  it.each([
    ["name", "Bob"],
    ["addresses", ["1 Main Street"]],
    ["emails", 5],
    ["emails", [5]],
    ["emails", [{ value: 5 }]],
    ["active", "maybe"],
    ["active", 1],
    ["title", ["x"]],
    ["displayName", { a: 1 }],
    ["nickName", true],
    ["photos", [{ primary: "perhaps", value: "x" }]],
    [enterprise, { department: 7 }],
    [enterprise, "x"],
    [enterprise, ["x"]],
  ])("%s as %j is 400 invalidValue, and nobody is made", async (name, value) => {
    const before = await db().$count(users);
    expect(await create({ [name]: value })).toMatchObject({
      status: 400,
      body: { scimType: "invalidValue" },
    });
    expect(await db().$count(users)).toBe(before);
  });

  it("a body nested deeper than any of SCIM's is 400 invalidSyntax, not a fault", async () => {
    const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    const answers = await Promise.all([
      scim.post("/Users", `{"userName": "deep", "emails": ${deep}}`),
      scim.post("/Users/.search", `{"filter": ${deep}}`),
      scim.post(
        "/Bulk",
        `{"Operations": [{"method": "POST", "path": "/Users", "bulkId": "x", "data": ${deep}}]}`,
      ),
    ]);
    for (const answer of answers)
      expect(answer).toMatchObject({ status: 400, body: { scimType: "invalidSyntax" } });
  });

  it("derives the name that is shown, without inventing a displayName", async () => {
    const shown = async (fields: object) => (await rowOf((await created({ ...fields })).id))?.name;
    expect(await shown({ displayName: "Babs", name: { formatted: "Ms. Barbara" } })).toBe("Babs");
    expect(await shown({ name: { formatted: "Ms. Barbara", givenName: "Barbara" } })).toBe("Ms. Barbara");
    expect(await shown({ name: { givenName: "Barbara", familyName: "Jensen" } })).toBe("Barbara Jensen");
    expect(await shown({ userName: "only-a-user-name" })).toBe("only-a-user-name");
  });

  it("e-mails need not be unique; the primary one is the person's", async () => {
    const emails = [
      { value: "home@example.com", type: "home" },
      { value: "work@example.com", type: "work", primary: true },
    ];
    const [one, two] = [await created({ emails }), await created({ emails })];
    expect(one.emails).toEqual(emails);
    expect((await rowOf(two.id))?.email).toBe("work@example.com");
  });

  it("keeps one of two primary values, and one of two that are the same", async () => {
    const { emails } = await created({
      emails: [
        { value: "a@x", type: "work", primary: true },
        { value: "b@x", type: "home", primary: true },
        { value: "A@X", type: "Work" },
      ],
    });
    expect(emails).toEqual([
      { value: "a@x", type: "work", primary: true },
      { value: "b@x", type: "home", primary: false },
    ]);
  });
});

describe("roles (T10)", () => {
  it("a person is a Member unless roles names one of Latchkey's, in any case; others are kept", async () => {
    const plain = await created({ roles: [{ value: "Chief of Staff" }] });
    expect(plain.roles).toEqual([{ value: "Chief of Staff" }]);
    expect(await rowOf(plain.id)).toMatchObject({ role: "Member" });
    const manager = await created({ roles: [{ value: "x" }, { value: "mAnAgEr", type: "app" }, "editor"] });
    expect(await rowOf(manager.id)).toMatchObject({ role: "Manager" });
  });

  it("nobody gets a role above that of the account that holds the token", async () => {
    const editor = await openScim("Editor");
    expect((await create({ roles: [{ value: "Editor" }] }, editor)).status).toBe(201);
    const refused = await create({ roles: [{ value: "Manager" }] }, editor);
    expect(refused).toMatchObject({
      status: 403,
      body: { detail: expect.stringContaining("can't give Manager") },
    });

    const { id } = await created();
    for (const attempt of [
      editor.change(`/Users/${id}`, { op: "add", path: "roles", value: [{ value: "Admin" }] }),
      editor.put(`/Users/${id}`, { userName: unique(), roles: [{ value: "Admin" }] }),
    ])
      expect((await attempt).status).toBe(403);
    expect(await rowOf(id)).toMatchObject({ role: "Member", userId: expect.stringMatching(/^user-/) });
  });

  it("nor is somebody above it given back what they had", async () => {
    const { id } = await created({ roles: [{ value: "Admin" }] });
    const editor = await openScim("Editor");
    const set = (active: boolean) =>
      editor.change(`/Users/${id}`, { op: "replace", path: "active", value: active });
    expect((await set(false)).status).toBe(200);
    expect((await set(true)).status).toBe(403);
    expect(await rowOf(id)).toMatchObject({ active: false, role: "Admin" });
  });

  it.each(["Member", "Manager"] as const)(
    "of an Admin who isn't the last, a token of a %s may take, and gives nothing back that is above it",
    async (role) => {
      const provider = await openScim(role);
      const admin = async (fields: Record<string, unknown> = {}) =>
        (await created({ roles: [{ value: "Admin" }], ...fields })).id as string;
      const replace = (id: string, value: unknown) =>
        provider.change(`/Users/${id}`, { op: "replace", value });
      const put = (id: string, fields: object) =>
        provider.put(`/Users/${id}`, { userName: unique(), ...fields });
      const bulk = (method: string, path: string, data?: object) =>
        provider
          .post("/Bulk", { Operations: [{ method, path, ...(data && { data }) }] })
          .then(({ body }) => ({ status: Number(body.Operations[0].status) }));
      const reactivation = { Operations: [{ op: "replace", value: { active: true } }] };
      const inactive = await admin({ active: false });

      const attempts: [string, number, () => Promise<{ status: number }>][] = [
        ["deactivate", 200, async () => replace(await admin(), { active: false })],
        ["deactivate by PUT", 200, async () => put(await admin(), { active: false })],
        ["delete", 204, async () => provider.delete(`/Users/${await admin()}`)],
        ["delete in bulk", 204, async () => bulk("DELETE", `/Users/${await admin()}`)],
        ["change something else", 200, async () => replace(await admin(), { title: "Boss" })],
        ["demote as far as its own", 200, async () => replace(await admin(), { roles: [role] })],
        ["demote by leaving roles out", 200, async () => put(await admin(), {})],
        [
          "reactivate demoted",
          200,
          async () => replace(await admin({ active: false }), { active: true, roles: [role] }),
        ],
        ["reactivate", 403, () => replace(inactive, { active: true })],
        ["reactivate by PUT", 403, () => put(inactive, { active: true, roles: ["Admin"] })],
        ["reactivate in bulk", 403, () => bulk("PATCH", `/Users/${inactive}`, reactivation)],
        ["create one", 403, () => create({ roles: ["Admin"] }, provider)],
        ["create one for later", 403, () => create({ roles: ["Admin"], active: false }, provider)],
        [
          "promote the inactive",
          403,
          async () => replace((await created({ active: false })).id, { roles: ["Admin"] }),
        ],
      ];
      for (const [what, status, attempt] of attempts)
        expect({ what, status: (await attempt()).status }).toEqual({ what, status });
      expect(await rowOf(inactive)).toMatchObject({ active: false, role: "Admin" });
    },
  );

  it("a role that roles gave goes with it; one given here stays", async () => {
    const { id } = await created({ roles: [{ value: "Editor" }] });
    await scim.change(`/Users/${id}`, { op: "remove", path: "roles" });
    expect(await rowOf(id)).toMatchObject({ role: "Member" });
    await db()
      .update(users)
      .set({ role: "Manager" })
      .where(eq(users.id, Number(id)));
    await scim.change(`/Users/${id}`, { op: "add", path: "title", value: "Boss" });
    expect(await rowOf(id)).toMatchObject({ role: "Manager" });
  });
});

describe("who may", () => {
  it("a SCIM token of any account, and an ordinary one of an Admin; nobody else (A1, T10)", async () => {
    for (const client of [await openScim("Member"), await openScim("Admin", { scim: false })])
      expect((await create({}, client)).status).toBe(201);
    const manager = await openScim("Manager", { scim: false });
    for (const answer of [
      await create({}, manager),
      await manager.get("/Users"),
      await manager.get("/Groups"),
      await manager.get("/Schemas"),
      await manager.get("/Users/1"),
      await manager.post("/Groups", { displayName: "x" }),
      await manager.delete("/Users/1"),
      await manager.get("?filter=id%20pr"),
    ])
      expect(answer).toMatchObject({ status: 403, body: { status: "403" } });
  });

  it("no token and a bad one are 401 that names the scheme", async () => {
    const answer = await new ScimClient("lk_scim_nonsense").get("/Users");
    expect(answer).toMatchObject({ status: 401, body: { status: "401" } });
    expect(answer.headers.get("www-authenticate")).toMatch(/^Bearer error="invalid_token"/);
    const none = await scim.get("/Users", { authorization: "" });
    expect([none.status, none.headers.get("www-authenticate")]).toEqual([401, "Bearer"]);
  });

  it("service accounts are not to be seen or changed", async () => {
    const robot = await service("Member");
    const path = `/Users/${robot.user.id}`;
    const answers = [
      await scim.get(path),
      await scim.put(path, { userName: unique() }),
      await scim.change(path, { op: "replace", path: "active", value: false }),
      await scim.delete(path),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    expect(await scim.find("Users", `userName eq "${robot.user.userId}"`)).toEqual([]);
    expect(await rowOf(String(robot.user.id))).toMatchObject({ active: true });
  });

  it("people who were made here are there too", async () => {
    const { user } = await person("Editor");
    const { body } = await scim.get(`/Users/${user.id}`);
    expect(body).toMatchObject({
      userName: user.userId,
      displayName: user.name,
      name: { formatted: user.name },
      emails: [{ value: user.userId, type: "work", primary: true }],
    });
    for (const attribute of ["displayName", "name.formatted"])
      expect(await scim.find("Users", `${attribute} eq "${user.name.toUpperCase()}"`)).toHaveLength(1);
  });

  it("with the name whole: which part is whose is the provider's to say, beside it or in its place", async () => {
    const [one, two] = [(await person("Member")).user, (await person("Member")).user];
    const given = async (id: number | null, name: string) =>
      (await scim.find("Users", `id eq "${id}" and name.${name} pr`)).length;
    expect(await given(one.id, "familyName")).toBe(0);
    await updateUser(system(), one.id ?? 0, { name: "Ada King" });
    expect((await scim.get(`/Users/${one.id}`)).body.name).toEqual({ formatted: "Ada King" });

    const patched = await scim.change(
      `/Users/${one.id}`,
      { op: "add", path: "name.givenName", value: "Ada" },
      { op: "add", path: "name.familyName", value: "King" },
    );
    expect(patched.body.name).toEqual({ formatted: "Ada King", givenName: "Ada", familyName: "King" });
    expect(await given(one.id, "familyName")).toBe(1);
    const name = { givenName: "Grace", familyName: "Hopper" };
    expect((await scim.put(`/Users/${two.id}`, { userName: two.userId, name })).body.name).toEqual(name);
    expect(await given(two.id, "formatted")).toBe(0);
  });
});

it("of what is asked for, that of which nothing is left is absent", async () => {
  const { id, schemas } = await created({
    name: { givenName: "Ann" },
    emails: [{ value: "a@example.com", display: "A" }, { value: "b@example.com" }],
    [enterprise]: { manager: { value: "1" } },
  });
  const read = async (query: string) => (await scim.get(`/Users/${id}?${query}`)).body;
  const urn = `${enterprise}:`;
  expect(await read(`attributes=name.familyName,emails.type,${urn}manager.displayName`)).toEqual({
    schemas,
    id,
  });
  expect(await read("attributes=emails.display")).toEqual({ schemas, id, emails: [{ display: "A" }] });
  const rest = await read(`excludedAttributes=name.givenName,emails.value,${urn}manager.value`);
  expect(Object.keys(rest).sort()).toEqual(["active", "emails", "id", "meta", "schemas", "userName"]);
  expect(rest.emails).toEqual([{ display: "A" }]);
});

describe("replacing", () => {
  it("unassigns what isn't sent, keeps id and active, and answers 200", async () => {
    const { id, userName } = await created({ nickName: "Babs", active: false, title: "Boss" });
    const answer = await scim.put(`/Users/${id}`, { id: "another", userName, title: "Tour Guide", meta: {} });
    expect(answer).toMatchObject({ status: 200, body: { id, title: "Tour Guide", active: false } });
    expect(answer.body).not.toHaveProperty("nickName");
  });

  it("never creates (404), and takes a userName (400)", async () => {
    expect((await scim.put("/Users/999999999", { userName: unique() })).status).toBe(404);
    expect((await scim.put("/Users/nonsense", { userName: unique() })).status).toBe(404);
    const { id } = await created();
    expect((await scim.put(`/Users/${id}`, { title: "x" })).status).toBe(400);
  });

  it("a taken userName is 409 uniqueness", async () => {
    const [one, two] = [await created(), await created()];
    expect(await scim.put(`/Users/${two.id}`, { userName: one.userName })).toMatchObject({
      status: 409,
      body: { scimType: "uniqueness" },
    });
  });

  it("what changes nothing moves neither version nor moment, and leaves no entry", async () => {
    const before = await created({ nickName: "Babs", emails: [{ value: "x@y", type: "work" }] });
    const answer = await scim.put(`/Users/${before.id}`, before);
    expect(answer.body).toEqual(before);
    expect(await auditOf(before.id)).toHaveLength(1);
  });
});

describe("versions (RFC 7644 §3.14)", () => {
  it("a wrong If-Match is 412 and changes nothing; the right one, * and none will do", async () => {
    const { id, userName, meta } = await created();
    const wrong = { "if-match": 'W/"nonsense"' };
    const answers = [
      await scim.put(`/Users/${id}`, { userName, title: "x" }, wrong),
      await scim.patch(`/Users/${id}`, { Operations: [{ op: "add", path: "title", value: "x" }] }, wrong),
      await scim.delete(`/Users/${id}`, wrong),
    ];
    expect(answers.map(({ status, body }) => [status, body.status])).toEqual(Array(3).fill([412, "412"]));
    const right = await scim.put(`/Users/${id}`, { userName, title: "x" }, { "if-match": meta.version });
    expect(right.status).toBe(200);
    expect(right.body.meta.version).not.toBe(meta.version);
    for (const quoted of ['"*"', 'W/"*"', "W/*"])
      expect((await scim.delete(`/Users/${id}`, { "if-match": quoted })).status).toBe(412);
    expect((await scim.delete(`/Users/${id}`, { "if-match": "*" })).status).toBe(204);
  });

  it("a deletion looks at the version when nobody can change it any more", async () => {
    const { id, meta } = await created();
    let answer: ReturnType<typeof scim.delete> | undefined;
    await transaction(async (tx) => {
      await tx
        .update(users)
        .set({ externalId: "another" })
        .where(eq(users.id, Number(id)));
      answer = scim.delete(`/Users/${id}`, { "if-match": meta.version });
      await untilSomebodyWaits();
    });
    expect((await answer)?.status).toBe(412);
    expect((await scim.get(`/Users/${id}`)).status).toBe(200);
  });

  it("If-None-Match with the version that is there is 304, empty", async () => {
    const { id, meta } = await created();
    const answer = await scim.get(`/Users/${id}`, { "if-none-match": meta.version });
    expect([answer.status, answer.body]).toEqual([304, undefined]);
    await scim.post("/Groups", { displayName: unique("Team"), members: [{ value: id }] });
    expect((await scim.get(`/Users/${id}`, { "if-none-match": meta.version })).status).toBe(200);
  });
});

describe("leaving", () => {
  it("deactivation ends sessions and stops tokens at once; reactivation brings tokens back (A6)", async () => {
    const { id } = await created({ emails: [{ value: "leaver@example.com" }] });
    const row = await rowOf(id);
    const principal = {
      user: {
        id: Number(id),
        userId: row?.userId ?? "",
        name: "x",
        userType: "User" as const,
        role: "Member" as const,
      },
      request: system().request,
    };
    const { bearer_token } = await issueToken(principal, {
      name: "mine",
      user_id: Number(id),
      expires_in_days: 30,
      scim: false,
    });
    const at = new Date();
    await transaction((tx) => insertSignIn(tx, { id: Number(id), name: "x", email: "leaver@example.com" }));
    await db()
      .insert(sessions)
      .values({
        userId: Number(id),
        token: `session of ${id}`,
        expiresAt: at,
        createdAt: at,
        updatedAt: at,
        lastActiveAt: at,
      });
    const set = (active: unknown) =>
      scim.change(`/Users/${id}`, { op: "replace", path: "active", value: active });

    expect((await set(false)).body.active).toBe(false);
    expect(await verifyToken(bearer_token)).toMatchObject({ refusal: "account deactivated" });
    expect(await db().$count(sessions, eq(sessions.userId, Number(id)))).toBe(0);
    expect((await scim.get(`/Users/${id}`)).body.active).toBe(false);
    expect(await scim.find("Users", `id eq "${id}" and active eq false`)).toHaveLength(1);

    expect((await set(true)).body.active).toBe(true);
    expect(await verifyToken(bearer_token)).toMatchObject({ user: { id: Number(id) } });
    expect((await auditOf(id)).map(({ action }) => action)).toEqual([
      "user.created",
      "user.deactivated",
      "user.reactivated",
    ]);
  });

  it("the last administrator who can sign in stays (A7)", async () => {
    const { user } = await person("Admin");
    const id = user.id ?? 0;
    await transaction(async (tx) => {
      const { setPassword } = await import("@/lib/sign-in/credentials");
      await setPassword(tx, id, "correct horse battery staple");
    });
    const answers = [
      await scim.change(`/Users/${id}`, { op: "replace", value: { active: false } }),
      await scim.put(`/Users/${id}`, { userName: user.userId, active: false }),
      await scim.put(`/Users/${id}`, { userName: user.userId, roles: ["Member"] }),
      await scim.delete(`/Users/${id}`),
    ];
    expect(answers.map(({ status }) => status)).toEqual([409, 409, 409, 409]);
    expect(answers[0]?.body.detail).toContain("last active administrator");
    expect(await rowOf(String(id))).toMatchObject({ active: true, role: "Admin" });
  });

  it("a deleted person is gone: 204, then 404, found by no filter, and the userName is free", async () => {
    const { id, userName } = await created();
    expect(await scim.delete(`/Users/${id}`)).toMatchObject({ status: 204, body: undefined });
    expect((await scim.get(`/Users/${id}`)).status).toBe(404);
    expect((await scim.delete(`/Users/${id}`)).status).toBe(404);
    expect(await scim.find("Users", `userName eq "${userName}"`)).toEqual([]);
    expect((await create({ userName })).status).toBe(201);
  });
});

it("the audit log says what, before and after, and by which token", async () => {
  const { id } = await created({ title: "Boss", [enterprise]: { department: "Sales" } });
  await scim.change(`/Users/${id}`, { op: "replace", path: `${enterprise}:department`, value: "Marketing" });
  const [first, second] = await auditOf(id);
  expect(first).toMatchObject({
    action: "user.created",
    tokenName: "provider",
    actorUserId: expect.stringMatching(/@service$/),
  });
  expect(second).toMatchObject({
    action: "user.changed",
    tokenName: "provider",
    before: { attributes: { [enterprise]: { department: "Sales" } } },
    after: { attributes: { [enterprise]: { department: "Marketing" } } },
  });
});
