import { eq } from "drizzle-orm";
import { transaction } from "@/db/client";
import { signIns, users } from "@/db/schema";
import { requirePermission } from "@/lib/access/permissions";
import type { Principal } from "@/lib/access/principal";
import { Problem } from "@/lib/errors";
import type { PasswordLink } from "@/lib/sign-in/contract";
import { insertPasswordLink } from "@/lib/sign-in/insert-password-link";

/**
 * Makes a one-time link by which the person with this e-mail sets a new password.
 * @throws Problem `not_found` (404) when nobody signs in with it
 */
export async function createPasswordLink(principal: Principal, email: string): Promise<PasswordLink> {
  requirePermission(principal, "users:manage");

  return transaction(async (tx) => {
    const [person] = await tx
      .select({ id: users.id, userId: users.userId })
      .from(signIns)
      .innerJoin(users, eq(users.id, signIns.id))
      .where(eq(signIns.email, email.trim().toLowerCase()));
    if (!person) throw new Problem("not_found", `Nobody signs in as ${email}.`);
    return insertPasswordLink(tx, principal, person);
  });
}
