import { and, eq, notExists } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Transaction } from "@/db/client";
import { brokenUniqueConstraint } from "@/db/failures";
import { signIns } from "@/db/schema";
import { now } from "@/lib/clock";
import { fieldProblem } from "@/lib/errors";
import { email as emailShape } from "@/lib/sign-in/contract";

/** With what a person signed in, and with what from now on. */
export interface MovedSignIn {
  before: string;
  after: string;
}

/**
 * Lets a person sign in with the e-mail that their identity provider has changed theirs to. One that is no address, or
 * that somebody else signs in with, leaves it as it is: SCIM asks neither of an e-mail. Sessions and links stay.
 * @returns undefined where nothing has moved; nobody gets a sign-in by it
 * @throws Problem `name_taken` (409) when somebody else is given the e-mail in the same moment
 */
export async function moveSignIn(
  tx: Transaction,
  id: number,
  before: string | null,
  after: string | null,
): Promise<MovedSignIn | undefined> {
  const parsed = emailShape.safeParse(after ?? "");
  if (after === before || !parsed.success) return undefined;
  const [held] = await tx.select({ email: signIns.email }).from(signIns).where(eq(signIns.id, id));
  if (!held || held.email === parsed.data) return undefined;
  const hasMoved = await changeUnlessTaken(tx, id, parsed.data);
  return hasMoved ? { before: held.email, after: parsed.data } : undefined;
}

async function changeUnlessTaken(tx: Transaction, id: number, email: string): Promise<boolean> {
  const other = alias(signIns, "other");
  try {
    const changed = await tx
      .update(signIns)
      .set({ email, updatedAt: now() })
      .where(
        and(
          eq(signIns.id, id),
          notExists(tx.select({ id: other.id }).from(other).where(eq(other.email, email))),
        ),
      )
      .returning({ id: signIns.id });
    return changed.length > 0;
  } catch (error) {
    if (brokenUniqueConstraint(error) !== "sign_ins_email_unique") throw error;
    throw fieldProblem("email", `Somebody else is given ${email} to sign in with just now.`, "name_taken");
  }
}
