import { eq, inArray } from "drizzle-orm";
import { expect, it } from "vitest";
import { db } from "@/db/client";
import { tokenRecency, tokens, tokenUsage, users } from "@/db/schema";
import { openTestInstance, service, system } from "@/e2e/database/instance";
import { minutes } from "@/lib/clock";
import { issueToken } from "@/lib/tokens/issue-token";
import { type NotedUse, writeUses } from "@/lib/tokens/write-uses";

openTestInstance();

const start = new Date("2031-05-01T08:10:00Z");
const after = (count: number) => new Date(start.getTime() + minutes(count));
const use = (tokenId: number, at: Date, other: Partial<NotedUse> = {}): NotedUse => ({
  tokenId,
  outcome: "accepted",
  ip: "10.0.0.5",
  userAgent: "curl/8.5.0",
  count: 1,
  at,
  ...other,
});

async function newTokens(count: number): Promise<number[]> {
  const owner = (await service("Member")).user.id ?? 0;
  const issue = (name: string) =>
    issueToken(system(), { user_id: owner, name, expires_in_days: 30, scim: false });
  return Promise.all(Array.from({ length: count }, async (_, n) => (await issue(`token ${n}`)).id));
}

const newToken = async () => (await newTokens(1))[0] ?? 0;
const rowOf = async (id: number) => (await db().select().from(tokens).where(eq(tokens.id, id)))[0];
const hoursOf = (id: number) =>
  db().select().from(tokenUsage).where(eq(tokenUsage.tokenId, id)).orderBy(tokenUsage.lastAt);

it("tells uses from refusals, of each the last, whatever their order in the batch", async () => {
  const id = await newToken();
  await writeUses([
    use(id, after(3), { ip: "10.0.0.9", userAgent: "latest/1" }),
    use(id, after(1), { count: 5 }),
    use(id, after(8), { outcome: "revoked", ip: "10.0.0.7", count: 2 }),
    use(id, after(9), { outcome: "expired", ip: null, userAgent: null, count: 4 }),
    use(id, after(7), { outcome: "revoked", ip: "10.0.0.8" }),
  ]);
  expect(await rowOf(id)).toMatchObject({
    lastUsedAt: after(3),
    lastUsedIp: "10.0.0.9",
    lastUsedUserAgent: "latest/1",
    refusedCount: 7,
    lastRefusedAt: after(9),
    lastRefusedIp: null,
    lastRefusedUserAgent: null,
  });
});

it("a batch that comes late counts, but moves nothing back", async () => {
  const id = await newToken();
  await writeUses([use(id, after(9)), use(id, after(9), { outcome: "revoked" })]);
  await writeUses([
    use(id, after(2), { ip: "10.9.9.9", userAgent: "late/1" }),
    use(id, after(2), { outcome: "revoked", ip: "10.9.9.9", userAgent: "late/1" }),
  ]);
  const row = await rowOf(id);
  expect(row).toMatchObject({
    lastUsedAt: after(9),
    lastUsedIp: "10.0.0.5",
    lastUsedUserAgent: "curl/8.5.0",
    refusedCount: 2,
    lastRefusedAt: after(9),
    lastRefusedIp: "10.0.0.5",
    lastRefusedUserAgent: "curl/8.5.0",
  });
  expect((await hoursOf(id)).map(({ count }) => count)).toEqual([1, 1, 1, 1]);
  const [account] = await db()
    .select()
    .from(users)
    .where(eq(users.id, row?.userId ?? 0));
  expect(account?.lastSeenAt).toEqual(after(9));
});

it("adds up who is of one product, address and hour", async () => {
  const id = await newToken();
  await writeUses([
    use(id, after(1), { userAgent: "curl/8.5.0", count: 3 }),
    use(id, after(2), { userAgent: "curl/8.6.0", count: 4 }),
  ]);
  await writeUses([use(id, after(3), { count: 5 }), use(id, after(60))]);
  expect((await hoursOf(id)).map(({ userAgent, count, lastAt }) => ({ userAgent, count, lastAt }))).toEqual([
    { userAgent: "curl/8", count: 12, lastAt: after(3) },
    { userAgent: "curl/8", count: 1, lastAt: after(60) },
  ]);
});

it("skips what is gone, and keeps the rest", async () => {
  const [gone = 0, kept = 0] = await newTokens(2);
  await db().delete(tokens).where(eq(tokens.id, gone));
  await writeUses([use(gone, after(1)), use(kept, after(1))]);
  expect(await hoursOf(gone)).toEqual([]);
  expect((await rowOf(kept))?.lastUsedAt).toEqual(after(1));
});

it("two instances with the same tokens, in opposite order, wait for each other and count everything", async () => {
  const ids = await newTokens(60);
  const batches = Array.from({ length: 12 }, (_, turn) =>
    (turn % 2 === 0 ? ids : [...ids].reverse()).map((id) => use(id, after(turn * 10))),
  );
  await Promise.all(batches.map((batch) => writeUses(batch)));
  const hours = await db().select().from(tokenUsage).where(inArray(tokenUsage.tokenId, ids));
  expect(hours.reduce((sum, { count }) => sum + count, 0)).toBe(60 * 12);
  const steps = await db().select().from(tokenRecency).where(inArray(tokenRecency.tokenId, ids));
  expect(new Set(steps.map(({ usedAround }) => usedAround.getTime()))).toEqual(
    new Set([after(110).getTime()]),
  );
  expect(steps).toHaveLength(60);
});
