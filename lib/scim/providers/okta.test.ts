import { beforeAll, describe, expect, it } from "vitest";
import { openTestInstance } from "@/e2e/database/instance";
import { openScim, ScimClient } from "@/e2e/database/scim-client";

/* What Okta sends, from its catalogue's apps (PATCH) and from those made by the App Integration Wizard (PUT). */

openTestInstance();

let scim: ScimClient;
let made = 0;
beforeAll(async () => {
  const { secret } = await openScim();
  scim = new ScimClient(secret, {
    "content-type": "application/scim+json; charset=utf-8",
    accept: "application/scim+json",
  });
});

const profile = () => ({
  schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
  userName: `okta.${++made}@example.com`,
  name: { givenName: "Test", familyName: "User" },
  emails: [{ primary: true, value: `okta.${made}@example.com`, type: "work" }],
  displayName: "Test User",
  locale: "en-US",
  externalId: `00ujl29u0le5T6Aj10h${made}`,
  groups: [],
  password: "1mz050nq",
  active: true,
});
const user = async () => (await scim.post("/Users", profile())).body;
const group = async (...members: string[]) =>
  (
    await scim.post("/Groups", {
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group"],
      displayName: `Okta Group ${++made}`,
      members: members.map((value) => ({ value, display: "x" })),
    })
  ).body;
const membersOf = async (id: string) =>
  ((await scim.get(`/Groups/${id}`)).body.members ?? []).map(({ value }: { value: string }) => value);
const patch = (path: string, ...Operations: unknown[]) =>
  scim.patch(path, { schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], Operations });

describe("Okta: users", () => {
  it("asks by userName with paging, then creates; the second time it is 409", async () => {
    const fields = profile();
    const query = `/Users?filter=${encodeURIComponent(`userName eq "${fields.userName}"`)}&startIndex=1&count=100`;
    const { body: nobody } = await scim.get(query);
    expect(nobody).toMatchObject({ totalResults: 0, startIndex: 1, itemsPerPage: 0, Resources: [] });
    const { status, body } = await scim.post("/Users", fields);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      userName: fields.userName,
      locale: "en-US",
      externalId: fields.externalId,
      active: true,
    });
    expect(typeof body.id).toBe("string");
    expect((await scim.post("/Users", fields)).status).toBe(409);
    expect((await scim.get(query)).body.totalResults).toBe(1);
  });

  it("takes application/json on POST", async () => {
    expect((await scim.post("/Users", profile(), { "content-type": "application/json" })).status).toBe(201);
  });

  it("updates by GET and a PUT of the whole, with id, groups and meta", async () => {
    const { id } = await user();
    const team = await group(id);
    const { body: before } = await scim.get(`/Users/${id}`);
    const { status, body } = await scim.put(`/Users/${id}`, {
      ...before,
      name: { givenName: "Another", familyName: "User" },
    });
    expect(status).toBe(200);
    expect(body.name.givenName).toBe("Another");
    expect(body.groups.map(({ value }: { value: string }) => value)).toEqual([team.id]);
  });

  it("deactivates by PUT (wizard's apps) and by PATCH without a path (catalogue's apps)", async () => {
    const byPut = await user();
    expect((await scim.put(`/Users/${byPut.id}`, { ...byPut, active: false })).body.active).toBe(false);
    const byPatch = await user();
    expect(
      (await patch(`/Users/${byPatch.id}`, { op: "replace", value: { active: false } })).body.active,
    ).toBe(false);
    const password = await patch(`/Users/${byPatch.id}`, { op: "replace", value: { password: "new" } });
    expect(password.status).toBe(200);
    expect(password.body).not.toHaveProperty("password");
  });

  it("imports in pages, whose order stays and whose numbers are numbers", async () => {
    for (let n = 0; n < 5; n++) await user();
    const seen: string[] = [];
    let total = 1;
    for (let startIndex = 1; startIndex <= total; startIndex += 3) {
      const { body } = await scim.get(`/Users?startIndex=${startIndex}&count=3`);
      for (const name of ["totalResults", "startIndex", "itemsPerPage"])
        expect(Number.isInteger(body[name])).toBe(true);
      total = body.totalResults;
      seen.push(...body.Resources.map(({ id }: { id: string }) => id));
    }
    expect(new Set(seen).size).toBe(total);
  });
});

describe("Okta: groups", () => {
  it("renames after every push, with the id in the value: members stay", async () => {
    const one = await user();
    const { id } = await group(one.id);
    const displayName = `Renamed ${++made}`;
    expect((await patch(`/Groups/${id}`, { op: "replace", value: { id, displayName } })).status).toBe(204);
    expect((await scim.get(`/Groups/${id}`)).body.displayName).toBe(displayName);
    expect(await membersOf(id)).toEqual([one.id]);
  });

  it("removes one and adds another in one PATCH", async () => {
    const [one, two] = [await user(), await user()];
    const { id } = await group(one.id);
    const { status } = await patch(
      `/Groups/${id}`,
      { op: "remove", path: `members[value eq "${one.id}"]` },
      { op: "add", path: "members", value: [{ value: two.id, display: two.userName }] },
    );
    expect(status).toBe(204);
    expect(await membersOf(id)).toEqual([two.id]);
  });

  it("pushes all members, and none", async () => {
    const [one, two] = [await user(), await user()];
    const { id, displayName } = await group(one.id);
    await patch(`/Groups/${id}`, { op: "replace", path: "members", value: [{ value: two.id }] });
    expect(await membersOf(id)).toEqual([two.id]);
    await patch(`/Groups/${id}`, { op: "replace", value: { members: [], id, displayName } });
    expect(await membersOf(id)).toEqual([]);
    await patch(`/Groups/${id}`, { op: "add", path: "members", value: [{ value: one.id }] });
    await patch(`/Groups/${id}`, { op: "replace", path: "members", value: [] });
    expect(await membersOf(id)).toEqual([]);
  });

  it("the wizard's apps PUT the group with its members", async () => {
    const [one, two] = [await user(), await user()];
    const { id, displayName } = await group(one.id);
    const { status, body } = await scim.put(`/Groups/${id}`, {
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group"],
      id,
      displayName,
      members: [
        { value: one.id, display: one.userName },
        { value: two.id, display: two.userName },
      ],
    });
    expect(status).toBe(200);
    expect(body.members).toHaveLength(2);
    expect(await membersOf(id)).toEqual([one.id, two.id]);
  });
});
