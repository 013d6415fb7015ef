import type { Transaction } from "@/db/client";
import type { Principal } from "@/lib/access/principal";
import { record } from "@/lib/audit/record";
import { insertSignIn } from "@/lib/sign-in/credentials";
import { insertAccount } from "@/lib/users/insert-account";
import { presentUser, type UserRow } from "@/lib/users/rows";

/**
 * Inserts a person with the Admin role and a password, with the audit entry: for set-up and the bootstrap file.
 * @throws Problem `name_taken` (409, field `email`)
 */
export async function insertAdministrator(
  tx: Transaction,
  principal: Principal,
  { name, email, password }: { name: string; email: string; password: string },
): Promise<UserRow> {
  const row = await insertAccount(
    tx,
    principal,
    { userId: email, name, userType: "User", role: "Admin", email, teams: [] },
    "email",
  );
  await insertSignIn(tx, { id: row.id, name, email }, password);
  await record(tx, principal, "user.created", {
    target: { type: "user", id: row.id, name: row.userId },
    after: { ...presentUser({ ...row, signInEmail: email }), password: "set" },
  });
  return row;
}
