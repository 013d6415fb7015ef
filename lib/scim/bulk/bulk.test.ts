import { beforeAll, describe, expect, it, vi } from "vitest";
import { pool } from "@/db/client";
import { openTestInstance } from "@/e2e/database/instance";
import { openScim, type ScimClient, scimUrl } from "@/e2e/database/scim-client";

openTestInstance();

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
let scim: ScimClient;
beforeAll(async () => {
  scim = await openScim();
});

const bulk = (Operations: unknown[], more = {}) =>
  scim.post("/Bulk", { schemas: ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"], Operations, ...more });
const user = (bulkId: string, userName: string, data = {}) => ({
  method: "POST",
  path: "/Users",
  bulkId,
  data: { userName, ...data },
});
const idAt = (location: string) => location.split("/").at(-1) ?? "";

describe("POST /Bulk (RFC 7644 §3.7)", () => {
  it("carries out each operation and tells of each, in order", async () => {
    const { body: existing } = await scim.post("/Users", { userName: "bulk-existing" });
    const { status, body } = await bulk([
      user("one", "bulk-one"),
      {
        method: "put",
        path: `/Users/${existing.id}`,
        version: existing.meta.version,
        data: { userName: "bulk-renamed" },
      },
      {
        method: "PATCH",
        path: `/Users/${existing.id}`,
        data: { Operations: [{ op: "add", path: "title", value: "x" }] },
      },
      { method: "DELETE", path: `/Users/${existing.id}` },
    ]);
    expect(status).toBe(200);
    expect(body.schemas).toEqual(["urn:ietf:params:scim:api:messages:2.0:BulkResponse"]);
    expect(body.Operations).toEqual([
      {
        method: "POST",
        bulkId: "one",
        status: "201",
        location: expect.stringContaining(`${scimUrl}/Users/`),
        version: expect.stringMatching(/^W\//),
      },
      expect.objectContaining({ status: "200", location: existing.meta.location }),
      expect.objectContaining({ status: "200", location: existing.meta.location }),
      { method: "DELETE", status: "204", location: existing.meta.location },
    ]);
    expect((await scim.get(`/Users/${existing.id}`)).status).toBe(404);
  });

  it("a bulkId stands for what is created, before or after it, in bodies and paths", async () => {
    const { body } = await bulk([
      {
        method: "POST",
        path: "/Groups",
        bulkId: "team",
        data: { displayName: "Bulk Team", members: [{ value: "bulkId:ann" }, { value: "bulkId:bob" }] },
      },
      user("ann", "bulk-ann", { [enterprise]: { manager: { value: "bulkId:bob" } } }),
      user("bob", "bulk-bob"),
      {
        method: "PATCH",
        path: "/Users/bulkId:bob",
        data: { Operations: [{ op: "add", path: "title", value: "Boss" }] },
      },
    ]);
    expect(body.Operations.map(({ status }: { status: string }) => status)).toEqual([
      "201",
      "201",
      "201",
      "200",
    ]);
    const [team, ann, bob] = body.Operations.map(({ location }: { location: string }) => idAt(location));
    expect(
      (await scim.get(`/Groups/${team}`)).body.members.map(({ value }: { value: string }) => value).sort(),
    ).toEqual([ann, bob].sort());
    expect((await scim.get(`/Users/${ann}`)).body[enterprise]).toEqual({ manager: { value: bob } });
    expect((await scim.get(`/Users/${bob}`)).body.title).toBe("Boss");
  });

  it("circles are closed", async () => {
    const { body } = await bulk([
      user("a", "circle-a", { [enterprise]: { manager: { value: "bulkId:b" } } }),
      user("b", "circle-b", { [enterprise]: { manager: { value: "bulkId:a" } } }),
      user("self", "circle-self", { [enterprise]: { manager: { value: "bulkId:self" } } }),
    ]);
    expect(body.Operations.map(({ status }: { status: string }) => status)).toEqual(["201", "201", "201"]);
    const [one, two, self] = body.Operations.map(({ location }: { location: string }) => idAt(location));
    const managerOf = async (id: string) => (await scim.get(`/Users/${id}`)).body[enterprise].manager.value;
    expect([await managerOf(one), await managerOf(two), await managerOf(self)]).toEqual([two, one, self]);
    for (const { location, version } of body.Operations)
      expect((await scim.get(`/Users/${idAt(location)}`)).body.meta.version).toBe(version);
  });

  it("closing a circle undoes nothing that comes later in the request", async () => {
    const titled = (bulkId: string) => ({
      method: "PATCH",
      path: `/Users/bulkId:${bulkId}`,
      data: { Operations: [{ op: "add", path: "title", value: "Boss" }] },
    });
    const manager = (bulkId: string) => ({ [enterprise]: { manager: { value: `bulkId:${bulkId}` } } });
    const { body } = await bulk([
      { ...user("one", "ring-one", manager("two")), path: "/Users/" },
      { ...user("two", "ring-two", manager("one")), path: "/Users/" },
      titled("one"),
      titled("two"),
      {
        ...titled("four"),
        data: { Operations: [{ op: "add", value: { title: "Boss", ...manager("three") } }] },
      },
      user("three", "ring-three", manager("four")),
      user("four", "ring-four", manager("three")),
    ]);
    const [one, two, , , , three, four] = body.Operations.map(({ location }: { location: string }) =>
      idAt(location),
    );
    const read = async (id: string) => {
      const { title, ...rest } = (await scim.get(`/Users/${id}`)).body;
      return [title, rest[enterprise]?.manager.value];
    };
    expect(await Promise.all([one, two, three, four].map(read))).toEqual([
      ["Boss", two],
      ["Boss", one],
      [undefined, four],
      ["Boss", three],
    ]);
  });

  it("a bulkId is one operation's: the second is refused, and references mean the first", async () => {
    const { body } = await bulk([
      user("same", "same-first"),
      user("same", "same-second"),
      {
        method: "POST",
        path: "/Groups",
        bulkId: "of",
        data: { displayName: "Same", members: ["bulkId:same"] },
      },
    ]);
    expect(body.Operations.map(({ status }: { status: string }) => status)).toEqual(["201", "400", "201"]);
    expect(await scim.find("Users", 'userName eq "same-second"')).toEqual([]);
    const { members } = (await scim.get(`/Groups/${idAt(body.Operations[2].location)}`)).body;
    expect(members).toEqual([expect.objectContaining({ value: idAt(body.Operations[0].location) })]);
  });

  it.each([0, -1, 1.5, "1", true])("failOnErrors as %j is 400, and nothing is done", async (failOnErrors) => {
    expect(await bulk([user("x", "fail-on-errors")], { failOnErrors })).toMatchObject({
      status: 400,
      body: { scimType: "invalidValue" },
    });
    expect(await scim.find("Users", 'userName eq "fail-on-errors"')).toEqual([]);
  });

  it("a failure is told in its place; the others go on, until failOnErrors", async () => {
    const operations = [
      user("x", "bulk-x"),
      user("y", "bulk-x"),
      { method: "POST", path: "/Users", data: { userName: "without-bulk-id" } },
      {
        method: "PATCH",
        path: "/Users/999999999",
        data: { Operations: [{ op: "add", path: "title", value: "x" }] },
      },
      { method: "PUT", path: "/Users/bulkId:nowhere", data: { userName: "x" } },
      { method: "GET", path: "/Users" },
      { method: "DELETE", path: "/Schemas/1" },
      7,
      user("z", "bulk-z"),
    ];
    const { status, body } = await bulk(operations);
    expect(status).toBe(200);
    expect(body.Operations.map((one: { status: string }) => one.status)).toEqual([
      "201",
      "409",
      "400",
      "404",
      "409",
      "400",
      "400",
      "400",
      "201",
    ]);
    expect(body.Operations[1]).toMatchObject({
      bulkId: "y",
      response: { status: "409", scimType: "uniqueness" },
    });
    const stopped = await bulk([user("1", "bulk-x"), user("2", "bulk-x"), user("3", "bulk-never")], {
      failOnErrors: 2,
    });
    expect(stopped.body.Operations).toHaveLength(2);
    expect(await scim.find("Users", 'userName eq "bulk-never"')).toEqual([]);
  });

  it("takes its names in any case", async () => {
    const { status, body } = await scim.post("/Bulk", {
      operations: [{ Method: "POST", Path: "/Users", bulkid: "any", Data: { userName: "bulk-any-case" } }],
      FailOnErrors: 1,
    });
    expect([status, body.Operations[0].status, body.Operations[0].bulkId]).toEqual([200, "201", "any"]);
  });

  it("a version that is none is refused, not taken for no version", async () => {
    const { body: existing } = await scim.post("/Users", { userName: "bulk-versioned" });
    const remove = (version: unknown) => ({ method: "DELETE", path: `/Users/${existing.id}`, version });
    const { body } = await bulk([remove("\u0142"), remove("a\nb"), remove(7), remove('W/"another"')]);
    expect(body.Operations.map(({ status }: { status: string }) => status)).toEqual([
      "400",
      "400",
      "400",
      "412",
    ]);
    expect((await scim.get(`/Users/${existing.id}`)).status).toBe(200);
  });

  it("with the database gone in the middle, all that is left is told 503 at once", async () => {
    const connect = pool().connect.bind(pool());
    let transactions = 0;
    const lost = Object.assign(new Error("connect"), { code: "ECONNREFUSED" });
    // With a callback it is the pool's own call, for a statement outside a transaction.
    const spy = vi.spyOn(pool(), "connect").mockImplementation(((done?: never) => {
      if (done) return connect(done);
      return ++transactions === 1 ? connect() : Promise.reject(lost);
    }) as never);
    try {
      const { body } = await bulk([1, 2, 3, 4].map((n) => user(`lost-${n}`, `bulk-lost-${n}`)));
      const statuses = body.Operations.map(({ status }: { status: string }) => status);
      expect(statuses).toEqual(["201", "503", "503", "503"]);
      expect(transactions).toBe(2);
    } finally {
      spy.mockRestore();
    }
  });

  it("more than maxOperations is 413, and nothing is done", async () => {
    const { body: config } = await scim.get("/ServiceProviderConfig");
    const many = Array.from({ length: config.bulk.maxOperations + 1 }, (_, n) =>
      user(`${n}`, `too-many-${n}`),
    );
    expect(await bulk(many)).toMatchObject({ status: 413, body: { status: "413" } });
    expect(await scim.find("Users", 'userName sw "too-many"')).toEqual([]);
  });

  it.each([
    {},
    { Operations: "x" },
    { Operations: [], failOnErrors: 0 },
    { Operations: [], failOnErrors: "1" },
  ])("%j is 400", async (body) => {
    expect((await scim.post("/Bulk", body)).status).toBe(400);
  });
});
