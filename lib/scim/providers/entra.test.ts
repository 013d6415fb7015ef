import { beforeAll, describe, expect, it } from "vitest";
import { openTestInstance } from "@/e2e/database/instance";
import { openScim, type ScimClient } from "@/e2e/database/scim-client";

/* What Microsoft Entra ID sends, with and without the flag aadOptscim062020 on the tenant URL. */

openTestInstance();

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
let scim: ScimClient;
let made = 0;
beforeAll(async () => {
  scim = await openScim();
});

const patchSchema = { schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"] };
const fullUser = () => ({
  schemas: ["urn:ietf:params:scim:schemas:core:2.0:User", enterprise],
  externalId: `0a21f0f2-8d2a-4f8e-bf98-${++made}`,
  userName: `Test_User_${made}@testuser.com`,
  active: true,
  emails: [{ primary: true, type: "work", value: `Test_User_${made}@testuser.com` }],
  meta: { resourceType: "User" },
  name: { formatted: "givenName familyName", familyName: "familyName", givenName: "givenName" },
  roles: [],
});
const user = async (fields = {}) => (await scim.post("/Users", { ...fullUser(), ...fields })).body;
const patch = (id: string, ...Operations: unknown[]) =>
  scim.patch(`/Users/${id}`, { ...patchSchema, Operations });

describe("Entra ID: users", () => {
  it("creates with null attributes, empty roles, meta, top-level department and manager, and a mistyped URN", async () => {
    const { status, body } = await scim.post("/Users", {
      ...fullUser(),
      displayName: null,
      title: null,
      department: "bob",
      manager: "7",
      phoneNumbers: null,
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0User": { department: "x" },
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:User", `${enterprise}x`],
    });
    expect(status).toBe(201);
    expect(body).not.toHaveProperty("roles");
    expect(body).not.toHaveProperty(enterprise);
  });

  it("looks a user up by userName, externalId and work e-mail", async () => {
    const { id, userName, externalId } = await user();
    for (const filter of [
      `userName eq "${userName}"`,
      `externalId eq "${externalId}"`,
      `emails[type eq "work"].value eq "${userName}"`,
      `userName eq "${userName}" and active eq true`,
    ])
      expect((await scim.find("Users", filter)).map((found: { id: string }) => found.id)).toEqual([id]);
  });

  it("disables with the text False, and enables again", async () => {
    const { id } = await user();
    const disabled = await patch(id, { op: "Replace", path: "active", value: "False" });
    expect(disabled).toMatchObject({ status: 200, body: { active: false } });
    expect((await scim.get(`/Users/${id}`)).body.active).toBe(false);
    expect(await scim.find("Users", `id eq "${id}"`)).toHaveLength(1);
    expect((await patch(id, { op: "replace", path: "active", value: true })).body.active).toBe(true);
  });

  it("sends several operations in its capitals (without the flag)", async () => {
    const { id } = await user();
    const { status, body } = await patch(
      id,
      { op: "Replace", path: "displayName", value: "New Name" },
      { op: "Add", path: "name.givenName", value: "Given" },
      { op: "Replace", path: 'emails[type eq "work"].value', value: "updated@microsoft.com" },
      { op: "Add", path: 'phoneNumbers[type eq "mobile"].value', value: "555-1" },
      { op: "Replace", path: 'addresses[type eq "work"].postalCode', value: "98052" },
      { op: "Replace", path: 'addresses[type eq "work"].country', value: "Sweden" },
      { op: "Add", path: `${enterprise}:department`, value: "Sales" },
      { op: "Remove", path: "title" },
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({
      displayName: "New Name",
      name: { givenName: "Given", familyName: "familyName" },
      emails: [{ primary: true, type: "work", value: "updated@microsoft.com" }],
      phoneNumbers: [{ type: "mobile", value: "555-1" }],
      addresses: [{ type: "work", postalCode: "98052", country: "Sweden" }],
      [enterprise]: { department: "Sales" },
    });
  });

  it("replaces without a path, with dotted and URN keys (with the flag)", async () => {
    const { id } = await user();
    const { status, body } = await patch(id, {
      op: "replace",
      value: {
        displayName: "Bjfe",
        "name.givenName": "Kkom",
        "name.familyName": "Unua",
        [`${enterprise}:employeeNumber`]: "Xklq",
        'emails[type eq "work"].value': "flag@example.com",
        [enterprise]: { costCenter: "42" },
        unknown: "ignored",
      },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      displayName: "Bjfe",
      name: { givenName: "Kkom", familyName: "Unua", formatted: "givenName familyName" },
      [enterprise]: { employeeNumber: "Xklq", costCenter: "42" },
      emails: [{ type: "work", value: "flag@example.com" }],
    });
  });

  it("writes to elements that aren't there, of a canonical type", async () => {
    const { id } = await user({ emails: [] });
    const { status, body } = await patch(
      id,
      { op: "Replace", path: 'phoneNumbers[type eq "mobile"].value', value: "1" },
      { op: "Replace", path: 'phoneNumbers[type eq "Work"].value', value: "2" },
      { op: "Add", path: 'emails[type eq "work"].value', value: "new@example.com" },
      { op: "Add", path: 'emails[type eq "home" and primary eq true].value', value: "home@example.com" },
    );
    expect(status).toBe(200);
    expect(body.phoneNumbers.map(({ value }: { value: string }) => value)).toEqual(["1", "2"]);
    expect(body.emails).toEqual([
      { type: "work", value: "new@example.com" },
      { type: "home", primary: true, value: "home@example.com" },
    ]);
  });

  it('roles[primary eq "True"].value, with the boolean quoted', async () => {
    const { id } = await user();
    const set = (value: string) => patch(id, { op: "Add", path: 'roles[primary eq "True"].value', value });
    expect((await set("Editor")).body.roles).toEqual([{ primary: true, value: "Editor" }]);
    expect((await set("Member")).body.roles).toEqual([{ primary: true, value: "Member" }]);
  });

  it("booleans as text in sub-attributes", async () => {
    const { id } = await user();
    const { body } = await patch(id, {
      op: "Add",
      path: "roles",
      value: [{ primary: "False", type: "WindowsAzureActiveDirectoryRole", value: "25" }],
    });
    expect(body.roles).toEqual([{ primary: false, type: "WindowsAzureActiveDirectoryRole", value: "25" }]);
  });

  it("the manager: plain text, a list, its value, and removal by empty text", async () => {
    const { id } = await user();
    const managerAfter = async (operation: Record<string, unknown>) => {
      const { status, body } = await patch(id, operation);
      expect(status).toBe(200);
      return body[enterprise]?.manager;
    };
    const path = `${enterprise}:manager`;
    expect(await managerAfter({ op: "Add", path, value: "1" })).toEqual({ value: "1" });
    expect(await scim.find("Users", `id eq "${id}" and manager eq "1"`)).toHaveLength(1);
    expect(await scim.find("Users", `id eq "${id}" and ${path} eq "2"`)).toHaveLength(0);
    expect(await managerAfter({ op: "Replace", path, value: [{ $ref: "../Users/2", value: "2" }] })).toEqual({
      $ref: "../Users/2",
      value: "2",
    });
    expect(await managerAfter({ op: "Add", path: `${path}.value`, value: "3" })).toMatchObject({
      value: "3",
    });
    expect(await managerAfter({ op: "Replace", path, value: "" })).toBeUndefined();
    expect(await managerAfter({ op: "Add", path, value: { value: "4" } })).toEqual({ value: "4" });
    expect(await managerAfter({ op: "Remove", path })).toBeUndefined();
  });

  it("empty text and null on optional attributes mean unset", async () => {
    const { id } = await user({ title: "Boss", nickName: "B" });
    const { status, body } = await patch(
      id,
      { op: "Replace", path: "title", value: "" },
      { op: "Replace", path: "nickName", value: null },
      { op: "Replace", path: 'phoneNumbers[type eq "mobile"].value', value: "" },
    );
    expect(status).toBe(200);
    for (const name of ["title", "nickName", "phoneNumbers"]) expect(body).not.toHaveProperty(name);
  });

  it("an attribute of a custom schema that this server doesn't have is passed over", async () => {
    const { id } = await user();
    const path = "urn:ietf:params:scim:schemas:extension:CustomExtensionName:2.0:User:CustomAttribute";
    const { status, body } = await patch(
      id,
      { op: "Add", path, value: "x" },
      { op: "Replace", path: "title", value: "Boss" },
    );
    expect(status).toBe(200);
    expect(body.title).toBe("Boss");
  });

  it("leaves: soft delete stays readable, then DELETE", async () => {
    const { id } = await user();
    await patch(id, { op: "Replace", path: "active", value: "False" });
    expect((await scim.get(`/Users/${id}`)).status).toBe(200);
    expect((await scim.delete(`/Users/${id}`)).status).toBe(204);
    expect((await scim.get(`/Users/${id}`)).status).toBe(404);
  });
});

describe("Entra ID: groups", () => {
  const create = async (fields = {}) =>
    scim.post("/Groups", {
      schemas: [
        "urn:ietf:params:scim:schemas:core:2.0:Group",
        "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group",
      ],
      externalId: `8aa1a0c0-c4c3-4bc0-b4a5-${++made}`,
      displayName: `displayName ${made}`,
      meta: { resourceType: "Group" },
      ...fields,
    });
  const membersOf = async (id: string) =>
    ((await scim.get(`/Groups/${id}`)).body.members ?? []).map(({ value }: { value: string }) => value);
  const change = (id: string, ...Operations: unknown[]) =>
    scim.patch(`/Groups/${id}`, { ...patchSchema, Operations });

  it("creates with its extra schema, finds by displayName without members", async () => {
    const { status, body } = await create();
    expect(status).toBe(201);
    const query = `filter=${encodeURIComponent(`displayName eq "${body.displayName}"`)}&excludedAttributes=members`;
    const { body: list } = await scim.get(`/Groups?${query}`);
    expect(list.Resources.map(({ id }: { id: string }) => id)).toEqual([body.id]);
    expect((await scim.get(`/Groups/${body.id}?excludedAttributes=members`)).status).toBe(200);
  });

  it("adds with $ref null, removes by value and by filter, one PATCH for several", async () => {
    const { id } = (await create()).body;
    const ids = [(await user()).id, (await user()).id, (await user()).id];
    const add = { op: "Add", path: "members", value: ids.map((value) => ({ $ref: null, value })) };
    expect((await change(id, add)).status).toBe(204);
    expect(await membersOf(id)).toEqual(ids);
    expect(await scim.find("Groups", `id eq "${id}" and members eq "${ids[0]}"`)).toHaveLength(1);

    await change(id, { op: "Remove", path: "members", value: [{ $ref: null, value: ids[0] }] });
    expect(await membersOf(id)).toEqual(ids.slice(1));
    await change(id, { op: "remove", path: `members[value eq "${ids[1]}"]` });
    expect(await membersOf(id)).toEqual([ids[2]]);
    expect((await change(id, { op: "Remove", path: "members", value: [{ value: ids[0] }] })).status).toBe(
      204,
    );
    expect(await membersOf(id)).toEqual([ids[2]]);
  });

  it("renames", async () => {
    const { id } = (await create()).body;
    const answer = await change(id, { op: "Replace", path: "displayName", value: `1879db59 ${++made}` });
    expect(answer.status).toBe(204);
    expect((await scim.get(`/Groups/${id}`)).body.displayName).toBe(`1879db59 ${made}`);
  });
});

it("Entra ID: /Schemas is a list with User, Group and Enterprise, without nulls", async () => {
  const { body } = await scim.get("/Schemas");
  expect(body.schemas).toEqual(["urn:ietf:params:scim:api:messages:2.0:ListResponse"]);
  expect(body.Resources.map(({ name }: { name: string }) => name)).toEqual([
    "User",
    "EnterpriseUser",
    "Group",
  ]);
  expect(JSON.stringify(body)).not.toContain("null");
});
