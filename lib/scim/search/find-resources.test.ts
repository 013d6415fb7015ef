import { beforeAll, describe, expect, it } from "vitest";
import { openTestInstance } from "@/e2e/database/instance";
import { openScim, type ScimClient } from "@/e2e/database/scim-client";

/* Searches over people and groups together (RFC 7644 §3.4.2.1). */

openTestInstance();

let scim: ScimClient;
beforeAll(async () => {
  scim = await openScim();
  await scim.post("/Users", {
    userName: "zoe",
    displayName: "Zoe",
    emails: [{ value: "zoe@x", type: "work" }],
  });
  await scim.post("/Users", { userName: "adam", displayName: "Adam" });
  await scim.post("/Groups", { displayName: "Crew" });
});

const found = async (request: Record<string, unknown>) => {
  const { status, body } = await scim.post("/.search", request);
  if (status !== 200) throw new Error(JSON.stringify(body));
  return body.Resources.map(({ displayName }: { displayName: string }) => displayName);
};

describe("what only one of the types has is unassigned on the other", () => {
  it.each([
    ['userName eq "adam"', ["Adam"]],
    ['userName eq "adam" or displayName eq "crew"', ["Adam", "Crew"]],
    ['displayName eq "crew" and not (userName eq "adam")', ["Crew"]],
    ['displayName pr and userName ne "adam"', ["Zoe", "Crew"]],
    ["userName eq null", ["Crew"]],
    ["members eq null", ["Zoe", "Adam", "Crew"]],
    ['emails[type eq "work"] or members pr or displayName sw "c"', ["Zoe", "Crew"]],
    ['not (emails[type eq "work"])', ["Adam", "Crew"]],
    ['name[givenName eq "x"] or displayName eq "crew"', ["Crew"]],
    [
      'urn:ietf:params:scim:schemas:core:2.0:User:displayName eq "adam" or urn:ietf:params:scim:schemas:core:2.0:Group:displayName eq "crew"',
      ["Adam", "Crew"],
    ],
  ])("%s", async (filter, expected) => {
    expect(await found({ filter })).toEqual(expected);
  });

  it("in the order too: they come where the unassigned come", async () => {
    expect(await found({ sortBy: "userName" })).toEqual(["Adam", "Zoe", "Crew"]);
    expect(await found({ sortBy: "userName", sortOrder: "descending" })).toEqual(["Crew", "Zoe", "Adam"]);
    expect(await found({ sortBy: "userName", sortOrder: "" })).toEqual(["Adam", "Zoe", "Crew"]);
    expect(await found({ sortBy: "displayName" })).toEqual(["Adam", "Crew", "Zoe"]);
  });
});

it.each([
  { filter: 'shoeSize eq "44"' },
  { filter: 'password eq "x"' },
  { filter: "active gt true" },
  { sortBy: "shoeSize" },
  { sortBy: "password" },
])("what neither has is 400: %j", async (request) => {
  expect((await scim.post("/.search", request)).status).toBe(400);
});

it("the names of a search have no case: a filter that is passed over would find everybody", async () => {
  expect(await found({ Filter: 'userName eq "adam"', Attributes: ["displayName"] })).toEqual(["Adam"]);
  expect(await found({ FILTER: "displayName pr", sortby: "displayName", COUNT: 1 })).toEqual(["Adam"]);
});

it("a page is as long as one may be, unless told: who was just made is on it", async () => {
  for (let n = 0; n < 120; n++) await scim.post("/Users", { userName: `newcomer-${n}` });
  const { body } = await scim.get("/Users?attributes=userName");
  expect(body).toMatchObject({ totalResults: 122, itemsPerPage: 122 });
  expect(body.Resources.at(-1).userName).toBe("newcomer-119");
});
