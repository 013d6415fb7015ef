import { beforeAll, describe, expect, it } from "vitest";
import { openTestInstance } from "@/e2e/database/instance";
import { openScim, type ScimAnswer, type ScimClient } from "@/e2e/database/scim-client";

openTestInstance();

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const core = "urn:ietf:params:scim:schemas:core:2.0:User";
let scim: ScimClient;
let made = 0;
beforeAll(async () => {
  scim = await openScim();
});

const work = { value: "work@example.com", type: "work", primary: true };
const home = { value: "home@example.com", type: "home" };

async function patched(
  fields: object,
  ...operations: Record<string, unknown>[]
): Promise<ScimAnswer["body"]> {
  const { body } = await scim.post("/Users", { userName: `user-${++made}`, ...fields });
  const answer = await scim.change(`/Users/${body.id}`, ...operations);
  if (answer.status === 200) expect((await scim.get(`/Users/${body.id}`)).body).toEqual(answer.body);
  else expect((await scim.get(`/Users/${body.id}`)).body).toEqual(body);
  return answer.body;
}

const op = (op: string, path: string | undefined, value?: unknown) => ({
  op,
  ...(path === undefined ? {} : { path }),
  ...(value === undefined ? {} : { value }),
});

describe("add (RFC 7644 §3.5.2.1)", () => {
  it.each([
    ["a simple attribute", {}, op("add", "nickName", "Babs"), { nickName: "Babs" }],
    ["by its URN", {}, op("add", `${core}:nickName`, "Babs"), { nickName: "Babs" }],
    ["in any case", {}, op("ADD", "NICKNAME", "Babs"), { nickName: "Babs" }],
    [
      "without a path",
      {},
      op("add", undefined, { nickName: "Babs", title: "Boss" }),
      { nickName: "Babs", title: "Boss" },
    ],
    [
      "a part of a complex one",
      { name: { familyName: "J" } },
      op("add", "name.givenName", "B"),
      { name: { familyName: "J", givenName: "B" } },
    ],
    [
      "to a complex one, which merges",
      { name: { familyName: "J" } },
      op("add", "name", { givenName: "B" }),
      { name: { familyName: "J", givenName: "B" } },
    ],
    [
      "of the extension",
      {},
      op("add", `${enterprise}:department`, "Sales"),
      { [enterprise]: { department: "Sales" } },
    ],
    [
      "the extension as a whole",
      { [enterprise]: { division: "x" } },
      op("add", enterprise, { department: "Sales" }),
      { [enterprise]: { division: "x", department: "Sales" } },
    ],
    [
      "an e-mail, which joins the others",
      { emails: [work] },
      op("add", "emails", [home]),
      { emails: [work, home] },
    ],
    ["one without a list around it", { emails: [work] }, op("add", "emails", home), { emails: [work, home] }],
    [
      "what is there already",
      { emails: [work, home] },
      op("add", "emails", [{ ...home }]),
      { emails: [work, home] },
    ],
    [
      "a primary one, which takes over",
      { emails: [work] },
      op("add", "emails", [{ ...home, primary: true }]),
      {
        emails: [
          { ...work, primary: false },
          { ...home, primary: true },
        ],
      },
    ],
  ])("%s", async (_what, before, operation, expected) => {
    expect(await patched(before, operation)).toMatchObject(expected);
  });
});

describe("replace (RFC 7644 §3.5.2.3)", () => {
  it.each([
    ["what isn't there, which is add", {}, op("replace", "nickName", "Babs"), { nickName: "Babs" }],
    ["the userName", {}, op("replace", "userName", "renamed"), { userName: "renamed" }],
    ["a whole list", { emails: [work] }, op("replace", "emails", [home]), { emails: [home] }],
    [
      "the value of one element",
      { emails: [work, home] },
      op("replace", 'emails[type eq "work"].value', "new@x"),
      { emails: [{ ...work, value: "new@x" }, home] },
    ],
    [
      "an element's parts",
      { emails: [work, home] },
      op("replace", 'emails[type eq "home"]', { value: "new@x" }),
      { emails: [work, { ...home, value: "new@x" }] },
    ],
    [
      "the primary flag, which moves",
      { emails: [work, home] },
      op("replace", 'emails[type eq "home"].primary', true),
      {
        emails: [
          { ...work, primary: false },
          { ...home, primary: true },
        ],
      },
    ],
    [
      "the primary flag of a whole element, which moves too",
      { emails: [work, home] },
      op("replace", 'emails[type eq "home"]', { primary: true }),
      {
        emails: [
          { ...work, primary: false },
          { ...home, primary: true },
        ],
      },
    ],
    [
      "by two conditions of one element",
      { emails: [work, home] },
      op("replace", 'emails[type eq "work" and primary eq true].value', "new@x"),
      { emails: [{ ...work, value: "new@x" }, home] },
    ],
    [
      "parts of a complex one, the others stay",
      { name: { familyName: "J", givenName: "B" } },
      op("replace", "name", { givenName: "C" }),
      { name: { familyName: "J", givenName: "C" } },
    ],
    [
      "the manager",
      { [enterprise]: { manager: { value: "1", $ref: "../Users/1" } } },
      op("replace", `${enterprise}:manager`, { value: "2" }),
      { [enterprise]: { manager: { value: "2" } } },
    ],
    ["a boolean with its text", { active: true }, op("replace", "active", "False"), { active: false }],
  ])("%s", async (_what, before, operation, expected) => {
    expect(await patched(before, operation)).toMatchObject(expected);
  });

  it("an element whose type nobody has heard of is noTarget", async () => {
    expect(
      await patched({ emails: [work] }, op("replace", 'emails[type eq "nonexistent"].value', "x@y")),
    ).toMatchObject({
      status: "400",
      scimType: "noTarget",
    });
  });
});

describe("remove (RFC 7644 §3.5.2.2)", () => {
  const full = {
    nickName: "Babs",
    name: { givenName: "B", familyName: "J" },
    emails: [work, home],
    [enterprise]: { department: "Sales" },
  };
  it.each([
    ["a simple attribute", op("remove", "nickName"), "nickName", undefined],
    ["a complex one", op("remove", "name"), "name", undefined],
    ["a part of it", op("remove", "name.givenName"), "name", { familyName: "J" }],
    ["a list", op("remove", "emails"), "emails", undefined],
    ["one element", op("remove", 'emails[type eq "work"]'), "emails", [home]],
    [
      "a part of an element",
      op("remove", 'emails[type eq "work"].primary'),
      "emails",
      [{ value: work.value, type: "work" }, home],
    ],
    ["an element that isn't there", op("remove", 'emails[type eq "other"]'), "emails", [work, home]],
    ["those that value names", op("remove", "emails", [{ value: "HOME@example.com" }]), "emails", [work]],
    ["nobody, of an empty list", op("remove", "emails", []), "emails", [work, home]],
    ["all of the extension", op("remove", enterprise), enterprise, undefined],
    ["what is null", op("replace", "nickName", null), "nickName", undefined],
    ["what is empty text", op("replace", "nickName", ""), "nickName", undefined],
    ["active, which says nothing then", op("remove", "active"), "active", undefined],
  ])("%s", async (_what, operation, name, expected) => {
    expect((await patched(full, operation))[name]).toEqual(expected);
  });

  it("what was unassigned is found as such", async () => {
    const { id } = await patched({}, op("remove", "active"));
    expect(await scim.find("Users", `id eq "${id}" and not (active pr)`)).toHaveLength(1);
    expect((await scim.change(`/Users/${id}`, op("replace", "active", true))).body.active).toBe(true);
  });
});

describe("refused, and nothing is changed", () => {
  it.each([
    ["the userName removed", op("remove", "userName"), "mutability"],
    ["the userName emptied", op("replace", "userName", ""), "invalidValue"],
    ["the userName a service account's", op("replace", "userName", "x@service"), "invalidValue"],
    ["the id", op("replace", "id", "7"), "mutability"],
    ["the groups", op("add", "groups", [{ value: "1" }]), "mutability"],
    ["meta", op("replace", "meta.created", "2020-01-01T00:00:00Z"), "mutability"],
    ["an unknown attribute", op("add", "shoeSize", 44), "invalidPath"],
    ["an unknown part", op("add", "userName.foo", "x"), "invalidPath"],
    ["__proto__", op("add", '__proto__[x eq "y"]', "x"), "invalidPath"],
    ["__proto__ as a name", op("add", "__proto__", { polluted: true }), "invalidPath"],
    ["constructor.prototype", op("add", "constructor.prototype", { polluted: true }), "invalidPath"],
    ["an unknown attribute of the extension", op("add", `${enterprise}:shoeSize`, "x"), "invalidPath"],
    ["brackets where there are no elements", op("replace", 'userName[value eq "x"]', "y"), "invalidPath"],
    ["a filter that isn't one", op("replace", "emails[type xx 1].value", "y"), "invalidFilter"],
    ["half a path", op("replace", "emails[", "y"), "invalidPath"],
    ["remove without a path", op("remove", undefined), "noTarget"],
    ["a value of a wrong type", op("replace", "nickName", { a: 1 }), "invalidValue"],
    ["a number", op("replace", "title", 5), "invalidValue"],
    ["text that can't be stored", op("replace", "title", "a\u0000b"), "invalidValue"],
    ["add without a value", op("add", "title"), "invalidValue"],
    ["a value that is no object, without a path", op("add", undefined, "x"), "invalidValue"],
    ["another op", op("move", "title", "x"), "invalidSyntax"],
  ])("%s", async (_what, operation, scimType) => {
    const answer = await patched({ emails: [work] }, op("replace", "title", "first"), operation);
    expect(answer).toMatchObject({ status: "400", scimType });
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it.each([
    {},
    { Operations: [] },
    { Operations: "all" },
    { Operations: [1] },
    { Operations: { op: "add" } },
  ])("%j is invalidSyntax", async (body) => {
    const { body: user } = await scim.post("/Users", { userName: `user-${++made}` });
    expect((await scim.patch(`/Users/${user.id}`, body)).body).toMatchObject({ scimType: "invalidSyntax" });
  });
});

it("what changes nothing leaves meta.lastModified and version", async () => {
  const { body } = await scim.post("/Users", {
    userName: `user-${++made}`,
    emails: [work],
    nickName: "Babs",
  });
  const answer = await scim.change(
    `/Users/${body.id}`,
    op("add", "emails", [work]),
    op("replace", "nickName", "Babs"),
    op("remove", "title"),
    op("replace", "password", "a new password"),
  );
  expect(answer.body).toEqual(body);
});

it("a key of a body that could reach a prototype is passed over", async () => {
  const { body } = await scim.post(
    "/Users",
    `{"userName":"user-${++made}","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"name":{"__proto__":{"polluted":1},"givenName":"B"}}`,
  );
  expect(body.name).toEqual({ givenName: "B" });
  const answer = await scim.patch(
    `/Users/${body.id}`,
    '{"Operations":[{"op":"add","value":{"__proto__":{"polluted":1},"constructor.prototype.polluted":1,"title":"x"}}]}',
  );
  expect(answer).toMatchObject({ status: 200, body: { title: "x" } });
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

it("an element may come in pieces, in any order, and one that has only a kind in the end is none", async () => {
  const pieces = [
    op("add", 'addresses[type eq "work"].primary', true),
    op("add", 'addresses[type eq "work"].formatted', "1 Main Street"),
    op("remove", 'emails[type eq "work"].value'),
    op("add", 'emails[type eq "work"].value', "new@x"),
    op("add", 'phoneNumbers[type eq "fax"].primary', true),
  ];
  const after = await patched({ emails: [work] }, ...pieces);
  expect(after.addresses).toEqual([{ type: "work", primary: true, formatted: "1 Main Street" }]);
  expect(after.emails).toEqual([{ ...work, value: "new@x" }]);
  expect(after).not.toHaveProperty("phoneNumbers");
});

it("the names of a message have no case, as all of SCIM's (RFC 7643 §2.1)", async () => {
  const { body } = await scim.post("/Users", { userName: `user-${++made}` });
  const answer = await scim.patch(`/Users/${body.id}`, {
    operations: [{ Op: "replace", Path: "title", Value: "Boss" }],
  });
  expect(answer).toMatchObject({ status: 200, body: { title: "Boss" } });
});
