import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pool, searching } from "@/db/client";
import { openTestInstance } from "@/e2e/database/instance";
import { openScim, type ScimClient } from "@/e2e/database/scim-client";

/* While as many slow searches are under way as may be. */

openTestInstance();

let scim: ScimClient;
let letGo = () => {};
let underWay: Promise<unknown>;
beforeAll(async () => {
  scim = await openScim();
  await scim.post("/Users", {
    userName: "Ada",
    externalId: "ext-ada",
    emails: [{ value: "ada@example.com", type: "work" }],
  });
  await scim.post("/Groups", { displayName: "Engines", externalId: "ext-engines" });
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const turns = Math.ceil(pool().options.max / 2);
  underWay = Promise.all(Array.from({ length: turns }, () => searching(() => held)));
});
afterAll(async () => {
  letGo();
  await underWay;
});

describe("what a provider asks before each write is answered at once", () => {
  it.each([
    ["/Users", 'userName eq "ada"'],
    ["/Users", 'externalId eq "ext-ada"'],
    ["/Users", 'emails.value eq "ada@example.com"'],
    ["/Users", 'emails[type eq "work"].value eq "ada@example.com"'],
    ["/Users", 'userName eq "ada" and active eq true'],
    ["/Groups", 'displayName eq "engines"'],
    ["/Groups", 'externalId eq "ext-engines"'],
    ["", 'userName eq "ada"'],
  ])("GET %s by %s", async (path, filter) => {
    const { status, body } = await scim.get(`${path}?filter=${encodeURIComponent(filter)}`);
    expect(status).toBe(200);
    expect(body.totalResults).toBe(1);
  });

  it("by id", async () => {
    const [{ id }] = await scim.find("Users", 'userName eq "ada"');
    expect(await scim.find("Users", `id eq "${id}"`)).toHaveLength(1);
  });
});

describe("what may read everybody waits for a turn, and who has gone gives up the place", () => {
  it.each([
    ["/Users", ""],
    ["/Users", 'userName sw "a"'],
    ["/Users", 'not (userName eq "ada")'],
    ["/Users", 'userName eq "ada" or active eq true'],
    ["/Users", 'emails[type eq "work"]'],
    ["/Users", "externalId eq null"],
    ["/Groups", 'displayName co "e"'],
    ["", 'externalId eq "ext-ada" or active eq true'],
  ])("GET %s by %s", async (path, filter) => {
    const query = filter && `?filter=${encodeURIComponent(filter)}`;
    const { status, headers, body } = await scim.get(`${path}${query}`, {}, AbortSignal.abort());
    expect(status).toBe(503);
    expect(headers.get("retry-after")).toBe("1");
    expect(body).toMatchObject({ status: "503", detail: expect.stringContaining("Try again") });
  });
});
