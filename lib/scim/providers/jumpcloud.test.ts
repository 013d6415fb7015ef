import { beforeAll, expect, it } from "vitest";
import { openTestInstance } from "@/e2e/database/instance";
import { openScim, ScimClient } from "@/e2e/database/scim-client";

/* What JumpCloud's Custom SCIM sends; its activation makes, changes and deletes a user and a group. */

openTestInstance();

let scim: ScimClient;
beforeAll(async () => {
  const { secret } = await openScim();
  scim = new ScimClient(secret, { "content-type": "application/scim+json" });
});

const testUser = {
  schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
  userName: "test.user@jumpcloud.example",
  name: { givenName: "Test", familyName: "User" },
  emails: [{ value: "test.user@jumpcloud.example", primary: true }],
  active: true,
  externalId: "64d3a1",
};

it("JumpCloud: the activation's user and group, twice over", async () => {
  for (let run = 0; run < 2; run++) {
    expect(await scim.find("Users", `userName eq "${testUser.userName}"`)).toEqual([]);
    const { status, body: user } = await scim.post("/Users", testUser);
    expect(status).toBe(201);
    expect(typeof user.id).toBe("string");
    const updated = await scim.put(`/Users/${user.id}`, {
      ...testUser,
      name: { givenName: "Changed", familyName: "User" },
    });
    expect(updated).toMatchObject({ status: 200, body: { id: user.id, name: { givenName: "Changed" } } });

    const { status: created, body: group } = await scim.post("/Groups", {
      displayName: "JumpCloud test group",
    });
    expect([created, typeof group.id]).toEqual([201, "string"]);
    const members = await scim.change(`/Groups/${group.id}`, {
      op: "add",
      path: "members",
      value: [{ value: user.id }],
    });
    expect(members.status).toBe(204);
    const renamed = await scim.put(`/Groups/${group.id}`, { displayName: "JumpCloud test group renamed" });
    expect(renamed).toMatchObject({ status: 200, body: { members: [{ value: user.id }] } });
    const left = await scim.change(`/Groups/${group.id}`, {
      op: "remove",
      path: "members",
      value: [{ value: user.id }],
    });
    expect(left.status).toBe(204);
    expect((await scim.get(`/Groups/${group.id}`)).body).not.toHaveProperty("members");

    expect((await scim.delete(`/Groups/${group.id}`)).status).toBe(204);
    expect((await scim.delete(`/Users/${user.id}`)).status).toBe(204);
  }
});

it("JumpCloud: falls back to active false by PUT", async () => {
  const { body: user } = await scim.post("/Users", { ...testUser, userName: "fallback@jumpcloud.example" });
  const answer = await scim.put(`/Users/${user.id}`, {
    ...testUser,
    userName: "fallback@jumpcloud.example",
    active: false,
  });
  expect(answer).toMatchObject({ status: 200, body: { active: false } });
});
