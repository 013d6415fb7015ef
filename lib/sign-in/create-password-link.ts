import { and, eq, ne, type SQL } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { signIns, users } from "@/db/schema";
import { requirePermission } from "@/lib/access/permissions";
import type { Principal } from "@/lib/access/principal";
import { Problem } from "@/lib/errors";
import { createOnce } from "@/lib/idempotency/create-once";
import { email as emailShape, type PasswordLink } from "@/lib/sign-in/contract";
import { insertSignIn } from "@/lib/sign-in/credentials";
import { insertPasswordLink } from "@/lib/sign-in/insert-password-link";

/**
 * Makes a one-time link by which a person sets a new password; an earlier link stops working. The person is named
 * by number, or by the e-mail they sign in with.
 * @throws Problem `not_found` (404), `cannot_sign_in` (409) for a service account or without an e-mail, `account_inactive` (409),
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
    if (!person.active)
      throw new Problem("account_inactive", `${person.name} is deactivated. Reactivate it first.`);
    await ensureSignIn(tx, person);
    const answer = await insertPasswordLink(tx, principal, person);
    return { answer, created: { type: "one-time link for", id: person.id, name: person.userId } };
  });
}

async function findPerson(tx: Transaction, who: { id: number } | { email: string }) {
  const [condition, unknown]: [SQL, string] =
    "id" in who
      ? [eq(users.id, who.id), `There is no user ${who.id}.`]
      : [eq(signIns.email, who.email.trim().toLowerCase()), `Nobody signs in as ${who.email}.`];
  const [person] = await tx
    .select({
      id: users.id,
      userId: users.userId,
      name: users.name,
      userType: users.userType,
      email: users.email,
      active: users.active,
      signInId: signIns.id,
    })
    .from(users)
    .leftJoin(signIns, eq(signIns.id, users.id))
    .where(condition)
    .for("key share", { of: users });
  if (!person) throw new Problem("not_found", unknown);
  return person;
}

type Person = Awaited<ReturnType<typeof findPerson>>;

/** One whom an identity provider has made signs in by password from the first link on, with the e-mail it gave. */
async function ensureSignIn(tx: Transaction, { id, name, userType, email, signInId }: Person): Promise<void> {
  if (signInId !== null) return;
  if (userType === "Service")
    throw new Problem(
      "cannot_sign_in",
      `${name} is a service account: it calls with tokens and never signs in.`,
    );
  const parsed = emailShape.safeParse(email ?? "");
  if (!parsed.success) throw new Problem("cannot_sign_in", `${name} has no e-mail address to sign in with.`);
  const [taken] = await tx
    .select({ id: signIns.id })
    .from(signIns)
    .where(and(eq(signIns.email, parsed.data), ne(signIns.id, id)));
  if (taken) throw new Problem("cannot_sign_in", `Somebody else signs in as ${parsed.data} (${taken.id}).`);
  await insertSignIn(tx, { id, name, email: parsed.data });
}
