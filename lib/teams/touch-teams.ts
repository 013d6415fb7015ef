import { inArray, sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { teams } from "@/db/schema";
import { now } from "@/lib/clock";

/**
 * Notes that teams, or who is in them, have changed: their version moves on, also within one millisecond. It waits for
 * nobody: who holds the row is changing the team, and moves the version too; waiting while holding an account's row
 * could be waiting for each other.
 */
export async function touchTeams(tx: Transaction, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  const moment = now().toISOString();
  const held = tx
    .select({ id: teams.id })
    .from(teams)
    .where(inArray(teams.id, [...ids]))
    .orderBy(teams.id)
    .for("no key update", { skipLocked: true });
  await tx
    .update(teams)
    .set({
      updatedAt: sql`greatest(${moment}::timestamptz, ${teams.updatedAt} + interval '1 millisecond')`,
    })
    .where(inArray(teams.id, held));
}
