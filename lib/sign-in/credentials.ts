import { hashPassword } from "better-auth/crypto";
import { and, eq, ne } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { credentials, sessions, signIns } from "@/db/schema";
import { now } from "@/lib/clock";
import { fieldProblem } from "@/lib/errors";

/** How the sign-in library marks a credential that is a password. */
const passwordProvider = "credential";

/**
 * Gives a person a sign-in with this e-mail and password; one that they have got meanwhile stays.
 * @throws Problem `name_taken` (409, field `email`) when somebody else signs in with it, whatever their `user_id`
 */
export async function insertSignIn(
  tx: Transaction,
  person: { id: number; name: string; email: string },
  password?: string,
): Promise<void> {
  const inserted = await tx
    .insert(signIns)
    .values({ ...person, createdAt: now(), updatedAt: now() })
    .onConflictDoNothing()
    .returning({ id: signIns.id });
  if (inserted.length === 0) await refuseTaken(tx, person);
  if (password !== undefined) await setPassword(tx, person.id, password);
}

async function refuseTaken(tx: Transaction, { id, email }: { id: number; email: string }): Promise<void> {
  const [other] = await tx
    .select({ id: signIns.id, name: signIns.name })
    .from(signIns)
    .where(and(eq(signIns.email, email), ne(signIns.id, id)));
  if (other)
    throw fieldProblem(
      "email",
      `"${other.name}" (${other.id}) signs in as ${email}. Choose another e-mail.`,
      "name_taken",
    );
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
