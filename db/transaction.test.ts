import { count, eq, sql } from "drizzle-orm";
import { afterEach, describe, expect, it } from "vitest";
import { db, type Transaction, transaction } from "@/db/client";
import { teams } from "@/db/schema";
import { openTestInstance } from "@/e2e/database/instance";

const patiently = () => 10_000;
let lockTimeoutMs = patiently;
openTestInstance({ nextLockTimeoutMs: () => lockTimeoutMs() });
afterEach(() => {
  lockTimeoutMs = patiently;
});

/** Creates a team, and then fails like a statement that PostgreSQL ended for this reason. */
async function createAndFail(tx: Transaction, name: string, state: string): Promise<void> {
  await tx.insert(teams).values({ name, nameKey: name, createdAt: new Date() });
  await tx.execute(sql.raw(`do $$ begin raise 'failed' using errcode = '${state}'; end $$`));
}

async function teamsNamed(name: string): Promise<number> {
  const [row] = await db().select({ found: count() }).from(teams).where(eq(teams.name, name));
  return row?.found ?? 0;
}

const deadlock = "40P01";

describe("a transaction", () => {
  it("that waited for another, which waited for it, is run again from the start", async () => {
    let tries = 0;
    const answer = await transaction(async (tx) => {
      if (++tries < 3) await createAndFail(tx, "again", deadlock);
      await tx.insert(teams).values({ name: "again", nameKey: "again", createdAt: new Date() });
      return tries;
    });
    expect(answer).toBe(3);
    expect(await teamsNamed("again")).toBe(1);
  });

  it("fails in the end, when it never gets through", async () => {
    let tries = 0;
    const attempt = transaction(async (tx) => {
      tries++;
      await createAndFail(tx, "never", deadlock);
    });
    await expect(attempt).rejects.toMatchObject({ cause: { code: deadlock } });
    expect(tries).toBe(3);
    expect(await teamsNamed("never")).toBe(0);
  });

  it("that waits too long for somebody's lock gives up what it holds, and is run again", async () => {
    await db().insert(teams).values({ name: "held", nameKey: "held", createdAt: new Date() });
    const touch = (tx: Transaction) =>
      tx.update(teams).set({ description: "touched" }).where(eq(teams.name, "held"));
    let letGo = () => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    let holds = () => {};
    const isHeld = new Promise<void>((resolve) => {
      holds = resolve;
    });
    const holder = transaction(async (tx) => {
      await touch(tx);
      holds();
      await held;
    });
    await isHeld;
    lockTimeoutMs = () => 50;
    let tries = 0;
    const answer = await transaction(async (tx) => {
      if (++tries === 2) {
        letGo();
        await holder;
      }
      await touch(tx);
      return tries;
    });
    expect(answer).toBe(2);
  });

  it("of two that wait for each other, the less patient gives way, and both get through", async () => {
    for (const name of ["a", "b"])
      await db().insert(teams).values({ name, nameKey: name, createdAt: new Date() });
    const touch = (tx: Transaction, name: string) =>
      tx.update(teams).set({ description: "touched" }).where(eq(teams.name, name));
    const turns = [50, 10_000];
    lockTimeoutMs = () => turns.shift() ?? 10_000;
    let holding = 0;
    let bothHold = () => {};
    const bothHeld = new Promise<void>((resolve) => {
      bothHold = resolve;
    });
    const cross = (one: string, other: string) =>
      transaction(async (tx) => {
        await touch(tx, one);
        if (++holding === 2) bothHold();
        await bothHeld;
        await touch(tx, other);
        return "through";
      });
    expect(await Promise.all([cross("a", "b"), cross("b", "a")])).toEqual(["through", "through"]);
    expect(holding).toBeGreaterThan(2);
  });

  it("that failed for another reason is not run again", async () => {
    let tries = 0;
    const attempt = transaction(async (tx) => {
      tries++;
      await createAndFail(tx, "once", "22012");
    });
    await expect(attempt).rejects.toMatchObject({ cause: { code: "22012" } });
    expect(tries).toBe(1);
  });
});
