import { eq } from "drizzle-orm";
import { afterEach, describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { tokens } from "@/db/schema";
import { idOf, openTestInstance, person, problemOf, service, system } from "@/e2e/database/instance";
import type { Principal } from "@/lib/access/principal";
import { days, setClock } from "@/lib/clock";
import { changeToken } from "@/lib/tokens/change-token";
import { listTokens, summarizeTokens } from "@/lib/tokens/contract";
import { countTokens, findServiceTokens, findTokens } from "@/lib/tokens/find-tokens";
import { issueToken } from "@/lib/tokens/issue-token";
import { rotateToken } from "@/lib/tokens/rotate-token";

openTestInstance();

let restoreClock = () => {};
afterEach(() => restoreClock());

const at = (inDays: number) => new Date(Date.now() + days(inDays));

/** A token with these columns, by its name. */
async function insert(owner: Principal, name: string, columns: Partial<typeof tokens.$inferInsert> = {}) {
  const by = owner.user.userType === "Service" ? system() : owner;
  const { id } = await issueToken(by, { user_id: idOf(owner), name, expires_in_days: 90, scim: false });
  if (Object.keys(columns).length > 0) await db().update(tokens).set(columns).where(eq(tokens.id, id));
}

const list = (principal: Principal, query: Record<string, string>) =>
  findTokens(principal, listTokens.query.parse(query));
const namesIn = async (account: Principal, query: Record<string, string>) => {
  const everything = { owner: "all", type: "All", user_id: String(idOf(account)), sort: "name" };
  return (await list(system(), { ...everything, ...query })).items.map(({ name }) => name);
};

describe("filters", () => {
  it("by status agree with the status shown (T5, T7)", async () => {
    const account = await service("Member");
    await insert(account, "active");
    await insert(account, "expiring", { expiresAt: at(5) });
    await insert(account, "expired", { expiresAt: at(-1) });
    await insert(account, "in its overlap", { retiresAt: at(1) });
    await insert(account, "retired", { retiresAt: at(-1) });
    await insert(account, "revoked", { revokedAt: at(-1) });
    await insert(account, "revoked, then expired", { revokedAt: at(-2), expiresAt: at(-1) });
    const shown = await namesIn(account, {});
    expect(shown).toHaveLength(7);
    expect(await namesIn(account, { status: "active" })).toEqual(["active", "expiring", "in its overlap"]);
    expect(await namesIn(account, { status: "expiring" })).toEqual(["expiring"]);
    expect(await namesIn(account, { status: "expired" })).toEqual(["expired"]);
    expect(await namesIn(account, { status: "revoked" })).toEqual([
      "retired",
      "revoked",
      "revoked, then expired",
    ]);
    for (const status of ["expiring", "expired", "revoked"]) {
      const { items } = await list(system(), {
        owner: "all",
        type: "All",
        user_id: String(idOf(account)),
        status,
      });
      expect(items.every((token) => token.status === status)).toBe(true);
    }
  });

  it("still_called: dead, and tried since its end, within 7 days (T11)", async () => {
    const account = await service("Member");
    await insert(account, "expired, tried", { expiresAt: at(-3), lastRefusedAt: at(-2) });
    await insert(account, "revoked, tried", { revokedAt: at(-3), lastRefusedAt: at(-2) });
    await insert(account, "retired, tried", { retiresAt: at(-3), lastRefusedAt: at(-2) });
    await insert(account, "tried long ago", { revokedAt: at(-20), lastRefusedAt: at(-8) });
    await insert(account, "tried while revoked before", { revokedAt: at(-1), lastRefusedAt: at(-2) });
    await insert(account, "restored since", { lastRefusedAt: at(-1) });
    await insert(account, "dead and quiet", { expiresAt: at(-3) });
    await insert(account, "ends tomorrow", { expiresAt: at(1), lastRefusedAt: at(-1) });
    expect(await namesIn(account, { still_called: "true" })).toEqual([
      "expired, tried",
      "retired, tried",
      "revoked, tried",
    ]);
    expect(await namesIn(account, { still_called: "false" })).toHaveLength(5);
    const { items } = await list(system(), { owner: "all", type: "All", user_id: String(idOf(account)) });
    expect(
      items
        .filter((token) => token.still_called)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(["expired, tried", "retired, tried", "revoked, tried"]);
  });

  it("never_used: active, and nobody came", async () => {
    const account = await service("Member");
    await insert(account, "new");
    await insert(account, "used", { lastUsedAt: at(-1) });
    await insert(account, "revoked", { revokedAt: at(-1) });
    await insert(account, "expired", { expiresAt: at(-1) });
    expect(await namesIn(account, { never_used: "true" })).toEqual(["new"]);
    expect(await namesIn(account, { never_used: "false" })).toEqual(["expired", "revoked", "used"]);
  });

  it("rotating: the old tokens in their overlap, and their successors", async () => {
    const account = await service("Member");
    for (const name of ["in its overlap", "retired early", "retired", "plain"]) await insert(account, name);
    const { items } = await list(system(), { owner: "all", type: "All", user_id: String(idOf(account)) });
    for (const { id, name } of items)
      if (name !== "plain")
        await rotateToken(system(), id, { expires_in_days: 1, overlap_hours: name === "retired" ? 0 : 24 });
    const early = items.find(({ name }) => name === "retired early");
    await changeToken(system(), early?.id ?? 0, { revoke: true });
    expect(await namesIn(account, { rotating: "true" })).toEqual(["in its overlap", "in its overlap-2"]);
    expect(await namesIn(account, { rotating: "false" })).toHaveLength(5);
  });

  it.each([
    { still_called: "yes" },
    { never_used: "1" },
    { type: "personal" },
    { owner: "you" },
    { page: "0" },
    { size: "1000" },
  ])("refuses %j (422)", (query) => {
    expect(listTokens.query.safeParse(query).error?.issues[0]?.path).toEqual(Object.keys(query));
  });
});

describe("whose tokens", () => {
  it("one's own Personal ones unless told; an Admin those of everybody, of one type or both", async () => {
    const [admin, member, account] = [await person("Admin"), await person("Member"), await service("Member")];
    await insert(member, "mine");
    await insert(account, "its");
    const both = new Set([idOf(member), idOf(account)]);
    const seen = async (principal: Principal, query: Record<string, string>) =>
      (await list(principal, query)).items.filter(({ user }) => both.has(user.id)).map(({ name }) => name);

    expect(await seen(member, {})).toEqual(["mine"]);
    expect(await seen(admin, {})).toEqual([]);
    expect(await seen(admin, { owner: "all" })).toEqual(["mine"]);
    expect(await seen(admin, { owner: "all", type: "Service" })).toEqual(["its"]);
    expect(await seen(admin, { owner: "all", type: "All", sort: "name" })).toEqual(["its", "mine"]);
    expect(await seen(account, { type: "All" })).toEqual(["its"]);
    expect(await seen(member, { type: "All", user_id: String(idOf(account)) })).toEqual([]);
    for (const type of ["Personal", "All"])
      expect(await problemOf(list(member, { owner: "all", type }))).toMatchObject({ status: 403 });
    expect(
      await problemOf(findServiceTokens(await person("Manager"), listTokens.query.parse({}))),
    ).toMatchObject({ status: 403 });
  });
});

describe("the counts of what wants attention", () => {
  it("are the totals of the lists they name, in the same scope", async () => {
    const account = await service("Member");
    await insert(account, "expiring", { expiresAt: at(5), lastUsedAt: at(-1) });
    await insert(account, "still called", { revokedAt: at(-3), lastRefusedAt: at(-2) });
    await insert(account, "never used");
    await insert(account, "never used, expiring", { expiresAt: at(5) });
    const scope = summarizeTokens.query.parse({ owner: "all", type: "All", user_id: String(idOf(account)) });
    expect(await countTokens(system(), scope)).toEqual({ expiring: 2, still_called: 1, never_used: 2 });
    expect(await countTokens(system(), { ...scope, type: "Personal" })).toEqual({
      expiring: 0,
      still_called: 0,
      never_used: 0,
    });
    expect(await problemOf(countTokens(await person("Manager"), scope))).toMatchObject({ status: 403 });

    restoreClock = setClock(() => at(10));
    expect(await countTokens(system(), scope)).toMatchObject({ expiring: 0, still_called: 0 });
  });
});
