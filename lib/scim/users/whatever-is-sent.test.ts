import fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import { openTestInstance } from "@/e2e/database/instance";
import { openScim, type ScimClient } from "@/e2e/database/scim-client";
import { enterprise, unique, userSchema } from "@/e2e/database/scim-users";

openTestInstance();

let scim: ScimClient;
beforeAll(async () => {
  scim = await openScim();
});

const work = { value: "work@example.com", type: "work", primary: true };

it("no operations whatever end in anything but 200 or 400, and a 400 changes nothing", async () => {
  const paths = fc.constantFrom(
    "userName",
    "name",
    "name.givenName",
    "emails",
    "emails.value",
    "emails.primary",
    'emails[type eq "work"]',
    'emails[type eq "work"].value',
    "emails[primary eq true].type",
    'emails[value co "x" or not (type pr)]',
    'phoneNumbers[type eq "mobile"].value',
    "active",
    "roles",
    `${enterprise}:manager`,
    `${enterprise}:manager.value`,
    enterprise,
    userSchema,
    "id",
    "groups",
    "meta",
    "schemas",
    "__proto__",
    "constructor",
    "a[b]",
    "",
    "photos",
    "addresses",
    'addresses[type eq "home"].locality',
    "password",
    "x509Certificates",
    "externalId",
    "urn:other:x",
  );
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.constantFrom<unknown>(
      "x",
      "",
      null,
      true,
      "False",
      5,
      [],
      {},
      [work],
      [{ value: "y", primary: "true" }],
      { value: "z" },
    ),
    fc.dictionary(
      fc.constantFrom("value", "type", "primary", "displayName", "name.givenName", "__proto__", "emails"),
      fc.jsonValue({ maxDepth: 1 }),
    ),
  );
  const operation = fc.record(
    { op: fc.constantFrom("add", "Replace", "REMOVE", "x"), path: paths, value },
    { requiredKeys: ["op"] },
  );
  const { body } = await scim.post("/Users", {
    userName: "fuzzed",
    emails: [work, { value: "home@example.com", type: "home" }],
  });
  await fc.assert(
    fc.asyncProperty(fc.array(operation, { minLength: 1, maxLength: 4 }), async (operations) => {
      const before = (await scim.get(`/Users/${body.id}`)).body;
      const answer = await scim.change(`/Users/${body.id}`, ...operations);
      const after = (await scim.get(`/Users/${body.id}`)).body;
      if (answer.status === 200) expect(after).toEqual(answer.body);
      else {
        expect(answer.status).toBe(400);
        expect(after).toEqual(before);
      }
      expect(after.userName).toBeTruthy();
    }),
    { numRuns: 200 },
  );
}, 60_000);

it("no body whatever, posted, ends in anything but 201, 400 or 409", async () => {
  const names = fc.constantFrom(
    "userName",
    "name",
    "emails",
    "active",
    "roles",
    "addresses",
    enterprise,
    "id",
    "meta",
    "__proto__",
    "x509Certificates",
    "displayName",
    "password",
    "groups",
  );
  await fc.assert(
    fc.asyncProperty(fc.dictionary(names, fc.jsonValue({ maxDepth: 3 })), async (body) => {
      const { status } = await scim.post("/Users", { userName: unique(), ...body });
      expect([201, 400, 409]).toContain(status);
    }),
    { numRuns: 200 },
  );
}, 60_000);
