import { beforeAll, expect, it } from "vitest";
import { openTestInstance } from "@/e2e/database/instance";
import { openScim, ScimClient } from "@/e2e/database/scim-client";

/* What OneLogin sends: bodies that an administrator wrote as a template, under draft URNs. */

openTestInstance();

let scim: ScimClient;
let made = 0;
beforeAll(async () => {
  const { secret } = await openScim();
  scim = new ScimClient(secret, { "content-type": "application/json", accept: "application/json" });
});

const template = () => ({
  schemas: ["urn:scim:schemas:core:2.0", "urn:scim:schemas:extension:enterprise:2.0"],
  id: null,
  externalId: "",
  userName: `onelogin.${++made}`,
  active: "true",
  name: { givenName: "Given", familyName: "", formatted: "Given Family" },
  emails: [{ value: `onelogin.${made}@example.com`, type: "work", primary: "true" }],
  phoneNumbers: [{ value: "", type: "work" }],
  title: "",
  "urn:scim:schemas:extension:enterprise:2.0": {
    department: "Sales",
    manager: { managerId: "7", displayName: "" },
  },
});

it("OneLogin: connects with a plus for a space and a dangling mark", async () => {
  for (const query of ["filter=userName+eq+%22nobody%22&", "filter=userName+eq+%22nobody%22&?"]) {
    const { status, body } = await scim.get(`/Users?${query}`);
    expect([status, body.totalResults]).toEqual([200, 0]);
  }
});

it("OneLogin: creates from the template, empty text unset, draft URNs passed over", async () => {
  const { status, body } = await scim.post("/Users", template());
  expect(status).toBe(201);
  expect(body).toMatchObject({
    active: true,
    name: { givenName: "Given" },
    emails: [{ type: "work", primary: true }],
  });
  for (const name of ["externalId", "title", "phoneNumbers"]) expect(body).not.toHaveProperty(name);
  expect(JSON.stringify(body)).not.toContain("urn:scim:");
});

it("OneLogin: updates and suspends by PUT, then deletes", async () => {
  const fields = template();
  const { body: user } = await scim.post("/Users", fields);
  const updated = await scim.put(`/Users/${user.id}`, { ...fields, title: "Boss" });
  expect(updated).toMatchObject({ status: 200, body: { title: "Boss", active: true } });
  const suspended = await scim.put(`/Users/${user.id}`, { ...fields, active: "false" });
  expect(suspended).toMatchObject({ status: 200, body: { active: false } });
  expect((await scim.delete(`/Users/${user.id}`)).status).toBe(204);
});

it("OneLogin: gets groups, creates one, changes it in lower case", async () => {
  const { body: user } = await scim.post("/Users", template());
  expect((await scim.get("/Groups")).status).toBe(200);
  const { status, body: group } = await scim.post("/Groups", {
    schemas: ["urn:scim:schemas:core:2.0"],
    displayName: "OneLogin",
  });
  expect(status).toBe(201);
  const answer = await scim.change(`/Groups/${group.id}`, {
    op: "add",
    path: "members",
    value: [{ value: user.id }],
  });
  expect(answer.status).toBe(204);
  expect((await scim.get(`/Groups/${group.id}`)).body.members).toHaveLength(1);
});
