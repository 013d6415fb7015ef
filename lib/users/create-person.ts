import { requirePermission } from "@/lib/access/permissions";
import type { Principal } from "@/lib/access/principal";
import { record } from "@/lib/audit/record";
import { createOnce } from "@/lib/idempotency/create-once";
import { insertSignIn } from "@/lib/sign-in/credentials";
import { insertPasswordLink } from "@/lib/sign-in/insert-password-link";
import type { CreatedUser, NewPerson } from "@/lib/users/contract";
import { insertAccount } from "@/lib/users/insert-account";
import { presentUser } from "@/lib/users/rows";

/**
 * Creates a person, whose `user_id` is the e-mail, and the one-time link by which they set their password.
 * @throws Problem `name_taken` (409, field `email`), `invalid_input` (422) for unknown teams
 */
export async function createPerson(principal: Principal, input: NewPerson): Promise<CreatedUser> {
  requirePermission(principal, "users:manage");

  return createOnce(principal, async (tx) => {
    const row = await insertAccount(
      tx,
      principal,
      {
        userId: input.email,
        name: input.name,
        userType: "User",
        role: input.role,
        email: input.email,
        teams: input.teams,
      },
      "email",
    );
    await insertSignIn(tx, { id: row.id, name: input.name, email: input.email });
    const person = presentUser({ ...row, signInEmail: input.email });
    await record(tx, principal, "user.created", {
      target: { type: "user", id: person.id, name: person.user_id },
      after: person,
    });
    const password_link = await insertPasswordLink(tx, principal, row);
    return {
      answer: { ...person, password_link },
      created: { type: "user", id: person.id, name: person.user_id },
    };
  });
}
