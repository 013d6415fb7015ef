import { hashPassword } from "better-auth/crypto";
import { and, eq } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { credentials, sessions, signIns } from "@/db/schema";
import { now } from "@/lib/clock";

/** How the sign-in library marks a credential that is a password. */
const passwordProvider = "credential";

/** Gives a person a sign-in with this e-mail and password. */
export async function insertSignIn(
  tx: Transaction,
  person: { id: number; name: string; email: string },
  password?: string,
): Promise<void> {
  await tx.insert(signIns).values({ ...person, createdAt: now(), updatedAt: now() });
  if (password !== undefined) await setPassword(tx, person.id, password);
}

/** Sets a person's password, in place of any before, and ends all their sessions. */
export async function setPassword(tx: Transaction, personId: number, password: string): Promise<void> {
  const hashed = await hashPassword(password);
  const itsPassword = and(eq(credentials.userId, personId), eq(credentials.providerId, passwordProvider));
  const changed = await tx
    .update(credentials)
    .set({ password: hashed, updatedAt: now() })
    .where(itsPassword)
    .returning({ id: credentials.id });
  if (changed.length === 0)
    await tx.insert(credentials).values({
      userId: personId,
      accountId: String(personId),
      providerId: passwordProvider,
      password: hashed,
      createdAt: now(),
      updatedAt: now(),
    });
  await tx.delete(sessions).where(eq(sessions.userId, personId));
}
