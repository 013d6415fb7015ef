import { and, eq, exists, ne, sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { credentials, users } from "@/db/schema";
import { Problem } from "@/lib/errors";

/** Two tabs that each take away another of the last two administrators take turns here. */
const administratorsLock = 7_135_003;

/** Makes whoever may take an administrator away wait for the others, until the transaction ends. */
export async function lockAdministrators(tx: Transaction): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${administratorsLock})`);
}

/**
 * Somebody must be left who can sign in and put things right (A7). For those only who hold the lock.
 * @throws Problem `last_administrator` (409) when the one who is leaving is the last
 */
export async function requireAnotherAdministrator(
  tx: Transaction,
  leaving: { id: number; name: string },
): Promise<void> {
  const canSignIn = exists(
    tx.select({ one: sql`1` }).from(credentials).where(eq(credentials.userId, users.id)),
  );
  const isAdministrator = and(
    eq(users.role, "Admin"),
    eq(users.userType, "User"),
    eq(users.active, true),
    canSignIn,
  );
  const [itself] = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(isAdministrator, eq(users.id, leaving.id)));
  if (!itself) return;
  const [another] = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(isAdministrator, ne(users.id, leaving.id)))
    .limit(1);
  if (!another)
    throw new Problem(
      "last_administrator",
      `${leaving.name} is the last active administrator who can sign in. Make another one first.`,
    );
}
