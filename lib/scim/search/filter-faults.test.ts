import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { users } from "@/db/schema";
import { openTestInstance } from "@/e2e/database/instance";
import { openScim, type ScimClient } from "@/e2e/database/scim-client";

openTestInstance();

let scim: ScimClient;
beforeAll(async () => {
  scim = await openScim();
  for (const userName of ["plain", "100%", "under_score", "back\\slash", 'quo"te', "o'brien"])
    await scim.post("/Users", {
      userName,
      name: { givenName: userName },
      emails: [
        { value: `${userName}@work`, type: "work" },
        { value: "shared@home", type: "home" },
      ],
    });
});

const search = (filter: unknown, kind = "Users") => scim.post(`/${kind}/.search`, { filter });
const names = async (filter: string) =>
  (await scim.find("Users", filter)).map(({ userName }: { userName: string }) => userName);

describe("a filter that isn't one is 400 invalidFilter, never all rows", () => {
  it.each([
    "",
    "(((",
    "userName",
    "userName eq",
    "eq",
    'userName xx "a"',
    'userName eq "a',
    "userName eq 'a'",
    "userName eq a",
    "userName eq 5",
    "userName eq true",
    "userName gt null",
    'meta.created gt "0000-01-01T00:00:00Z"',
    'meta.created lt "9999-12-31T23:59:59-14:00"',
    "active gt true",
    'active eq "maybe"',
    "active co true",
    'userName eq "a" and',
    'and userName eq "a"',
    'userName eq "a" or or userName eq "b"',
    'userName eq "a" userName eq "b"',
    'userName eq "a")',
    'not userName eq "a"',
    'shoeSize eq "44"',
    'userName.foo eq "x"',
    'name eq "x"',
    'name.givenName.more eq "x"',
    'userName[value eq "x"]',
    'emails[value eq "x"',
    'emails[value eq "x"].',
    'emails[value eq "x"].shoe eq "y"',
    'emails[shoe eq "x"]',
    "emails[]",
    'emails[value eq "x"] eq "y"',
    '__proto__ eq "x"',
    'constructor eq "x"',
    '__proto__[x eq "y"]',
    'password eq "x"',
    'urn:unknown:2.0:User:userName eq "x"',
    'meta.lastModified gt "yesterday"',
    'meta.lastModified gt "2026-99-99T00:00:00Z"',
    'meta.lastModified co "2026"',
    'meta eq "x"',
    'meta.version eq "x"',
    'x509Certificates.value gt "x"',
    'userName eq "a\u0000b"',
    'userName eq "\\u0000"',
    'userName eq "\\ud800"',
    'userName eq "\\x"',
    `${"(".repeat(200)}userName pr${")".repeat(200)}`,
    `${"not (".repeat(200)}userName pr${")".repeat(200)}`,
    "(".repeat(9000),
    Array(300).fill("userName pr").join(" or "),
    `userName eq "${"x".repeat(20_000)}"`,
  ])("%s", async (filter) => {
    const answer = await search(filter);
    expect(answer).toMatchObject({ status: 400, body: { status: "400", scimType: "invalidFilter" } });
    expect(answer.body.detail.length).toBeLessThan(300);
  });

  it("also at the root, and for groups", async () => {
    for (const filter of ["(((", 'shoeSize eq "44"', 'userName xx "a"'])
      expect((await scim.post("/.search", { filter })).body).toMatchObject({ scimType: "invalidFilter" });
    expect((await search('userName eq "x"', "Groups")).body).toMatchObject({ scimType: "invalidFilter" });
    expect((await scim.post("/Users/.search", { filter: 7 })).status).toBe(400);
  });
});

describe("text is taken literally", () => {
  it.each([
    ['userName co "%"', ["100%"]],
    ['userName co "_"', ["under_score"]],
    ['userName sw "under_"', ["under_score"]],
    ['userName ew "\\\\slash"', ["back\\slash"]],
    ['userName eq "quo\\"te"', ['quo"te']],
    ['userName eq "o\'brien"', ["o'brien"]],
    ['userName eq "\\u0070lain"', ["plain"]],
    ["userName eq \"x' or '1'='1\"", []],
    ['userName eq "\'; drop table users; --"', []],
    ['userName eq "$1"', []],
  ])("%s", async (filter, expected) => {
    expect(await names(filter)).toEqual(expected);
  });

  it("nothing was dropped on the way", async () => {
    expect(await db().$count(users)).toBeGreaterThan(5);
  });
});

describe("how filters are written", () => {
  it.each([
    ['userName eq "PLAIN"', 1],
    ['USERNAME EQ "plain"', 1],
    ['urn:ietf:params:scim:schemas:core:2.0:User:userName eq "plain"', 1],
    ['  userName   eq   "plain"  ', 1],
    ['(userName eq "plain")', 1],
    ['userName eq "plain" and active eq True', 1],
    ['userName eq "plain" and active eq "true"', 1],
    ['userName eq "plain" or userName eq "100%" and active eq false', 1],
    ['(userName eq "plain" or userName eq "100%") and active eq true', 2],
    ['emails[type eq "work" and value eq "plain@work"]', 1],
    ['emails[type eq "home" and value eq "plain@work"]', 0],
    ['emails[type eq "work"].value eq "PLAIN@WORK"', 1],
    ['emails[type eq "home"].value eq "plain@work"', 0],
    ['emails.type eq "home" and emails.value eq "plain@work"', 1],
    ['emails eq "shared@home"', 6],
    ['not (userName eq "plain") and emails pr', 5],
    ['meta.resourceType eq "User" and emails pr', 6],
    ['schemas eq "urn:ietf:params:scim:schemas:core:2.0:User" and emails pr', 6],
    ['schemas eq "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"', 0],
    ['meta.created gt "2020-01-01T00:00:00Z" and emails pr', 6],
    ['name[givenName eq "PLAIN" and not (familyName pr)]', 1],
    ['name[givenName co "lai"]', 1],
    ['name[givenName pr].givenName sw "PL"', 1],
    ["name[familyName pr]", 0],
    ['meta[resourceType eq "User" and created gt "2020-01-01T00:00:00Z"] and emails pr', 6],
    ['manager[value sw "1"]', 0],
    ['id eq "not-a-number"', 0],
    ['id eq "99999999999999999999999"', 0],
    ['manager eq "1"', 0],
    [`${"(".repeat(40)}userName eq "plain"${")".repeat(40)}`, 1],
  ])("%s", async (filter, count) => {
    expect(await names(filter)).toHaveLength(count);
  });

  it("a plus stands for a space in a query, and dangling marks for nothing (OneLogin)", async () => {
    const { status, body } = await scim.get("/Users?filter=userName+eq+%22plain%22&");
    expect([status, body.totalResults]).toEqual([200, 1]);
  });

  it("a random GUID finds nobody: 200 and an empty list (Entra ID's connection test)", async () => {
    const { status, body } = await scim.get(
      `/Users?filter=${encodeURIComponent('userName eq "7f5cdc24-6a5b-4d24-9c3b-6f3a4e4a4a4e"')}`,
    );
    expect(status).toBe(200);
    expect(body).toEqual({
      schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
      totalResults: 0,
      startIndex: 1,
      itemsPerPage: 0,
      Resources: [],
    });
  });
});

it("no text whatever, as a filter, is anything but 200 or 400 invalidFilter", async () => {
  const piece = fc.constantFrom(
    "userName",
    "emails",
    "active",
    "meta.lastModified",
    "name.",
    ".value",
    "eq",
    "co",
    "gt",
    "pr",
    "and",
    "or",
    "not",
    "(",
    ")",
    "[",
    "]",
    '"x"',
    '"',
    "true",
    "null",
    "5",
    " ",
    "__proto__",
    "urn:",
    "\\",
    "$",
    "groups",
  );
  const text = fc.oneof(
    fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(" ")),
    fc.string({ maxLength: 40 }),
  );
  await fc.assert(
    fc.asyncProperty(text, fc.constantFrom("/Users", "/Groups", ""), async (filter, where) => {
      const { status, body } = await scim.post(`${where}/.search`, { filter, count: 1 });
      if (status !== 200) expect([status, body.scimType]).toEqual([400, "invalidFilter"]);
    }),
    { numRuns: 300 },
  );
}, 60_000);
