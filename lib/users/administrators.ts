import { and, eq, exists, ne, sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { credentials, users } from "@/db/schema";
import { Problem } from "@/lib/errors";

/** Two tabs that each take away another of the last two administrators take turns here. */
const administratorsLock = 7_135_003;

/**
 * Somebody must be left who can sign in and put things right (A7). Those who take an administrator away, and only they,
 * wait here for each other until their transactions end. For who holds the account, and all else that others hold before
 * it: who waits here is waited for by nobody ahead.
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
  await tx.execute(sql`select pg_advisory_xact_lock(${administratorsLock})`);
  // A statement of its own, which sees what those before have done.
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
