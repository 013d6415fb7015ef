import { asc, inArray } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { users } from "@/db/schema";

/** The audit entry names this many of those who come or go; it counts them all. */
const named = 100;

export async function namesOfMembers(tx: Transaction, ids: readonly number[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .select({ userId: users.userId })
    .from(users)
    .where(inArray(users.id, ids.slice(0, named)))
    .orderBy(asc(users.id));
  return rows.map(({ userId }) => userId);
}
