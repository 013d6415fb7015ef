import { beforeAll, describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { users } from "@/db/schema";
import { openTestInstance } from "@/e2e/database/instance";
import { openScim, type ScimClient, scimUrl } from "@/e2e/database/scim-client";
import { auditOf, createUser, enterprise, rowOf, unique, userSchema } from "@/e2e/database/scim-users";

openTestInstance();

let scim: ScimClient;
beforeAll(async () => {
  scim = await openScim();
});

const create = (fields: Record<string, unknown> = {}, client = scim) => createUser(client, fields);
const created = async (fields: Record<string, unknown> = {}) => (await create(fields)).body;

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
