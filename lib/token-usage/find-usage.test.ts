import { eq } from "drizzle-orm";
import { afterEach, describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { tokenUsage, users } from "@/db/schema";
import { idOf, openTestInstance, person, problemOf, service, system } from "@/e2e/database/instance";
import type { Principal } from "@/lib/access/principal";
import { days, hours, minutes, setClock } from "@/lib/clock";
import { listTokenUsage, maxCallers, readTokenUsage } from "@/lib/token-usage/contract";
import { findTokenUsage, findUsageOfTokens } from "@/lib/token-usage/find-usage";
import { forgetOldUsage } from "@/lib/token-usage/forget-old-usage";
import { changeToken } from "@/lib/tokens/change-token";
import { deleteToken } from "@/lib/tokens/delete-token";
import { issueToken } from "@/lib/tokens/issue-token";
import { flushUses, noteRefusal, noteUse } from "@/lib/tokens/use-batch";

openTestInstance();

const noon = Date.parse("2026-11-27T12:30:00Z");
let restoreClock = () => {};
afterEach(() => restoreClock());
const at = (ms: number) => {
  restoreClock();
  restoreClock = setClock(() => new Date(noon + ms));
};

async function newToken(by: Principal = system(), owner?: Principal): Promise<number> {
  const account = owner ?? (await service("Member"));
  const user_id = idOf(account);
  return (await issueToken(by, { user_id, name: "t", expires_in_days: null, scim: false })).id;
}
const usageOf = (id: number, query: Record<string, string> = {}, by: Principal = system()) =>
  findTokenUsage(by, id, readTokenUsage.query.parse(query));
const rowsOf = (id: number) => db().select().from(tokenUsage).where(eq(tokenUsage.tokenId, id));

describe("what is written", () => {
  it("is one row per hour, address, kind of client and outcome, added to by later flushes", async () => {
    at(0);
    const id = await newToken();
    for (const version of ["8.5.0", "8.6.1"]) noteUse(id, "192.0.2.1", `curl/${version}`);
    noteUse(id, "192.0.2.2", "curl/8.5.0");
    noteUse(id, null, null);
    noteRefusal(id, "account deactivated", "192.0.2.1", "curl/8.5.0");
    await flushUses();
    at(minutes(20));
    noteUse(id, "192.0.2.1", "curl/8.5.0");
    await flushUses();
    at(minutes(40));
    noteUse(id, "192.0.2.1", "curl/8.5.0");
    await flushUses();
    const shown = (await rowsOf(id)).map(({ hour, address, userAgent, outcome, count, lastAt }) =>
      [
        hour.toISOString().slice(11, 16),
        address,
        userAgent,
        outcome,
        count,
        lastAt.toISOString().slice(11, 16),
      ].join(" "),
    );
    expect(shown.sort()).toEqual([
      "12:00 192.0.2.1 curl/8 accepted 3 12:50",
      "12:00 192.0.2.1 curl/8 deactivated 1 12:30",
      "12:00 192.0.2.2 curl/8 accepted 1 12:30",
      "12:00 ::  accepted 1 12:30",
      "13:00 192.0.2.1 curl/8 accepted 1 13:10",
    ]);
  });

  it("tells 200 callers of a token apart within an hour, and counts the rest together", async () => {
    at(0);
    const id = await newToken();
    const flood = async (from: number) => {
      for (let index = from; index < from + 300; index++) noteUse(id, "192.0.2.1", `client-${index}`);
      await flushUses();
    };
    await flood(0);
    await flood(300);
    const rows = await rowsOf(id);
    expect(rows).toHaveLength(201);
    expect(rows.reduce((sum, { count }) => sum + count, 0)).toBe(600);
    expect(rows.find(({ address }) => address === "::")?.count).toBe(400);
  });

  it("survives an outage: what couldn't be written is written the next time, once", async () => {
    at(0);
    const id = await newToken();
    noteUse(id, "192.0.2.1", "curl/8");
    await db().execute("alter table token_usage rename to token_usage_away");
    await expect(flushUses()).rejects.toThrow();
    await db().execute("alter table token_usage_away rename to token_usage");
    noteUse(id, "192.0.2.1", "curl/8");
    await Promise.all([flushUses(), flushUses()]);
    expect(await rowsOf(id)).toMatchObject([{ count: 2 }]);
  });

  it("skips tokens that were deleted meanwhile, and addresses that are none", async () => {
    at(0);
    const [gone, id] = [await newToken(), await newToken()];
    noteUse(gone, "192.0.2.1", null);
    noteUse(id, "fe80::1%eth0", null);
    noteUse(id, "unknown", null);
    await changeToken(system(), gone, { revoke: true });
    await deleteToken(system(), gone);
    await flushUses();
    expect(await rowsOf(gone)).toEqual([]);
    expect((await rowsOf(id)).map(({ address }) => address).sort()).toEqual(["::", "fe80::1"]);
  });

  it("goes with its token, and with the account", async () => {
    at(0);
    const account = await service("Member");
    const id = await newToken(system(), account);
    noteUse(id, "192.0.2.1", null);
    await flushUses();
    await db()
      .delete(users)
      .where(eq(users.id, idOf(account)));
    expect(await rowsOf(id)).toEqual([]);
  });

  it("is forgotten after 90 days", async () => {
    const [old, kept] = [await newToken(), await newToken()];
    at(-days(90) - hours(1));
    noteUse(old, "192.0.2.1", null);
    await flushUses();
    at(-days(90) + hours(1));
    noteUse(kept, "192.0.2.1", null);
    await flushUses();
    at(0);
    await forgetOldUsage();
    expect(await rowsOf(old)).toEqual([]);
    expect(await rowsOf(kept)).toHaveLength(1);
  });
});

describe("the usage of a token", () => {
  it("tells its callers, the latest first, and every day and hour", async () => {
    const id = await newToken();
    at(-days(29));
    noteUse(id, "192.0.2.1", "curl/8.5.0");
    await flushUses();
    at(-days(30));
    noteUse(id, "192.0.2.99", "too-old/1");
    await flushUses();
    at(-hours(3));
    for (let times = 0; times < 2; times++) noteUse(id, "192.0.2.2", "Terraform/1.9");
    noteRefusal(id, "revoked", "192.0.2.1", "curl/8.6.0");
    await flushUses();
    at(-minutes(3));
    noteRefusal(id, "revoked", "192.0.2.2", "Terraform/1.9");
    await flushUses();
    at(0);
    const usage = await usageOf(id);
    expect(usage.callers).toEqual([
      {
        ip: "192.0.2.2",
        user_agent: "Terraform/1",
        accepted: 2,
        refused: 1,
        last_seen_at: "2026-11-27T12:27:00Z",
      },
      {
        ip: "192.0.2.1",
        user_agent: "curl/8",
        accepted: 1,
        refused: 1,
        last_seen_at: "2026-11-27T09:30:00Z",
      },
    ]);
    expect(usage.callers_total).toBe(2);
    expect(usage.days).toHaveLength(30);
    expect(usage.days[0]).toEqual({ date: "2026-10-29", accepted: 1, refused: 0 });
    expect(usage.days[29]).toEqual({ date: "2026-11-27", accepted: 2, refused: 2 });
    expect(usage.hours).toHaveLength(24);
    expect(usage.hours[23]).toEqual({ hour: "2026-11-27T12:00:00Z", accepted: 0, refused: 1 });
    expect(usage.hours[20]).toEqual({ hour: "2026-11-27T09:00:00Z", accepted: 2, refused: 1 });
    expect((await usageOf(id, { days: "31" })).callers).toHaveLength(3);
    expect((await usageOf(id, { days: "1" })).days).toHaveLength(1);
  });

  it("shows so many callers and says how many there are", async () => {
    at(0);
    const id = await newToken();
    for (let index = 0; index < maxCallers + 5; index++) noteUse(id, `192.0.2.${index}`, null);
    await flushUses();
    const { callers, callers_total } = await usageOf(id);
    expect([callers.length, callers_total]).toEqual([maxCallers, maxCallers + 5]);
  });

  it("is its owner's and an Admin's to see; to others the token isn't there", async () => {
    const [owner, other, admin] = [await person("Member"), await person("Manager"), await person("Admin")];
    const id = await newToken(owner, owner);
    expect((await usageOf(id, {}, owner)).callers_total).toBe(0);
    expect((await usageOf(id, {}, admin)).callers_total).toBe(0);
    expect(await problemOf(usageOf(id, {}, other))).toMatchObject({ status: 404 });
  });
});

describe("the usage of many tokens", () => {
  const listed = (by: Principal, ids: number[], count = "2") =>
    findUsageOfTokens(by, listTokenUsage.query.parse({ ids: ids.join(","), days: count }));

  it("is each token's days, in the order asked, and nothing of others'", async () => {
    at(0);
    const [owner, other] = [await person("Member"), await person("Member")];
    const [mine, theirs] = [await newToken(owner, owner), await newToken(other, other)];
    noteUse(mine, "192.0.2.1", null);
    await flushUses();
    expect(await listed(owner, [theirs, mine])).toEqual({
      items: [
        {
          id: mine,
          days: [
            { date: "2026-11-26", accepted: 0, refused: 0 },
            { date: "2026-11-27", accepted: 1, refused: 0 },
          ],
        },
      ],
    });
    expect((await listed(system(), [theirs, mine, 999_999])).items.map(({ id }) => id)).toEqual([
      theirs,
      mine,
    ]);
  });

  it.each(["", "1,", "a", "1;2", Array.from({ length: 101 }, (_, index) => index + 1).join(",")])(
    "refuses ids=%s (422)",
    (ids) => {
      expect(listTokenUsage.query.safeParse({ ids }).error?.issues[0]).toMatchObject({
        path: ["ids"],
        message: "Required: 1 to 100 ids, separated by commas.",
      });
    },
  );
});
