import { eq } from "drizzle-orm";
import { afterEach, describe, expect, it } from "vitest";
import { db, pool } from "@/db/client";
import { tokens } from "@/db/schema";
import { openTestInstance, service, system } from "@/e2e/database/instance";
import { days, now, setClock } from "@/lib/clock";
import { isoSeconds } from "@/lib/http/timestamps";
import { changeToken } from "@/lib/tokens/change-token";
import { issueToken } from "@/lib/tokens/issue-token";
import { summariseTokens } from "@/lib/tokens/summarise-tokens";
import { findUsers } from "@/lib/users/find-users";

openTestInstance();

let resetClock = () => {};
afterEach(() => resetClock());

const later = (span: number) => new Date(now().getTime() + span);

async function account() {
  const { user } = await service("Member");
  const id = user.id ?? 0;
  let made = 0;
  return {
    id,
    issue: (expires_in_days: number | null) =>
      issueToken(system(), { user_id: id, name: `t${++made}`, expires_in_days, scim: false }),
    summary: async () => (await summariseTokens(db(), [id]))(id),
  };
}

describe("what an account holds", () => {
  it("is nothing at first", async () => {
    expect(await (await account()).summary()).toEqual({
      total: 0,
      active: 0,
      next_expiration: null,
      last_used_at: null,
    });
  });

  it("counts the active ones, and names the soonest expiry among them", async () => {
    const { issue, summary } = await account();
    await issue(null);
    await issue(30);
    const soonest = await issue(6);
    const revoked = await issue(1);
    await changeToken(system(), revoked.id, { revoke: true });
    expect(await summary()).toMatchObject({
      total: 4,
      active: 3,
      next_expiration: soonest.expiration,
    });

    const tomorrowWeek = later(days(8));
    resetClock = setClock(() => tomorrowWeek);
    expect(await summary()).toMatchObject({ total: 4, active: 2 });
  });

  it("passes over the expiry of one that is being retired, which is active until then", async () => {
    const { issue, summary } = await account();
    const { id } = await issue(6);
    await db()
      .update(tokens)
      .set({ retiresAt: later(days(1)) })
      .where(eq(tokens.id, id));
    expect(await summary()).toMatchObject({ active: 1, next_expiration: null });
  });

  it("tells the latest use of any of them", async () => {
    const { issue, summary } = await account();
    const [one, two] = [await issue(1), await issue(1)];
    const at = new Date("2026-03-04T05:06:07Z");
    await db().update(tokens).set({ lastUsedAt: at }).where(eq(tokens.id, one.id));
    await db()
      .update(tokens)
      .set({ lastUsedAt: new Date(at.getTime() - 1_000) })
      .where(eq(tokens.id, two.id));
    expect(await summary()).toMatchObject({ last_used_at: isoSeconds(at) });
  });

  it("comes with a page of users in as many queries as with one user", async () => {
    for (let n = 0; n < 5; n++) await (await account()).issue(1);
    const queriesOf = async (size: number) => {
      const client = await pool().connect();
      const prototype = Object.getPrototypeOf(client);
      client.release();
      const query = prototype.query;
      let count = 0;
      prototype.query = function (...args: unknown[]) {
        count++;
        return query.apply(this, args);
      };
      try {
        const { items } = await findUsers(system(), { page: 1, size, sort: "-created_at" });
        expect(items).toHaveLength(size);
        for (const { tokens: held } of items) expect(held).toMatchObject({ total: 1, active: 1 });
      } finally {
        prototype.query = query;
      }
      return count;
    };
    expect(await queriesOf(5)).toBe(await queriesOf(1));
  });
});
