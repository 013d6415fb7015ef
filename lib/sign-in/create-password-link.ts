import { eq, type SQL } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { signIns, users } from "@/db/schema";
import { requirePermission } from "@/lib/access/permissions";
import type { Principal } from "@/lib/access/principal";
import { Problem } from "@/lib/errors";
import { createOnce } from "@/lib/idempotency/create-once";
import type { PasswordLink } from "@/lib/sign-in/contract";
import { insertPasswordLink } from "@/lib/sign-in/insert-password-link";

/**
 * Makes a one-time link by which a person sets a new password (§6); an earlier link stops working. The person is named
 * by number, or by the e-mail they sign in with.
 * @throws Problem `not_found` (404), `cannot_sign_in` (409) for a service account, `account_inactive` (409),
 *   `own_account` (409): who is signed in changes their password by the one they know
 */
export async function createPasswordLink(
  principal: Principal,
  who: { id: number } | { email: string },
): Promise<PasswordLink> {
  requirePermission(principal, "users:manage");

  return createOnce(principal, async (tx) => {
    const person = await findPerson(tx, who);
    if (person.id === principal.user.id)
      throw new Problem("own_account", "Change your own password under Account.");
    if (!person.canSignIn)
      throw new Problem("cannot_sign_in", `${person.name} has no sign-in: only people with an e-mail do.`);
    if (!person.active)
      throw new Problem("account_inactive", `${person.name} is deactivated. Reactivate it first.`);
    const answer = await insertPasswordLink(tx, principal, person);
    return { answer, created: { type: "one-time link for", id: person.id, name: person.userId } };
  });
}

async function findPerson(tx: Transaction, who: { id: number } | { email: string }) {
  const [condition, unknown]: [SQL, string] =
    "id" in who
      ? [eq(users.id, who.id), `There is no user ${who.id}.`]
      : [eq(signIns.email, who.email.trim().toLowerCase()), `Nobody signs in as ${who.email}.`];
  const [row] = await tx
    .select({
      id: users.id,
      userId: users.userId,
      name: users.name,
      active: users.active,
      signInId: signIns.id,
    })
    .from(users)
    .leftJoin(signIns, eq(signIns.id, users.id))
    .where(condition)
    .for("key share", { of: users });
  if (!row) throw new Problem("not_found", unknown);
  return { ...row, canSignIn: row.signInId !== null };
}
