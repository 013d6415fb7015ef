import type { Transaction } from "@/db/client";
import { requirePermission } from "@/lib/access/permissions";
import type { Principal } from "@/lib/access/principal";
import { record } from "@/lib/audit/record";
import { fieldProblem } from "@/lib/errors";
import { createOnce } from "@/lib/idempotency/create-once";
import { insertToken } from "@/lib/tokens/insert-token";
import type { CreatedUser, NewServiceAccount } from "@/lib/users/contract";
import { insertAccount } from "@/lib/users/insert-account";
import { noIdMessage, serviceUserId } from "@/lib/users/name";
import { presentUser, type UserRow } from "@/lib/users/rows";

/**
 * Creates a service account (A2–A4) and, where asked for, its first token: both exist afterwards, or neither (A5).
 * @throws Problem `invalid_input` (422) for a name that leaves no id or for unknown teams, `name_taken` (409)
 */
export async function createServiceAccount(
  principal: Principal,
  input: NewServiceAccount,
): Promise<CreatedUser> {
  requirePermission(principal, "users:manage");

  return createOnce(principal, async (tx) => {
    const row = await insertServiceAccount(tx, principal, input);
    const token =
      input.token && (await insertToken(tx, principal, row, input.token, { field: "token.name" }));
    return {
      answer: { ...presentUser(row), token },
      created: { type: "service account", id: row.id, name: row.userId },
    };
  });
}

/** The account alone, with its audit entry, inside somebody's transaction. */
export async function insertServiceAccount(
  tx: Transaction,
  principal: Principal,
  { name, role, teams }: Pick<NewServiceAccount, "name" | "role" | "teams">,
): Promise<UserRow> {
  const userId = serviceUserId(name);
  if (!userId) throw fieldProblem("name", noIdMessage);

  const row = await insertAccount(
    tx,
    principal,
    { userId, name, userType: "Service", role, email: null, teams },
    "name",
  );
  await record(tx, principal, "service_account.created", {
    target: { type: "user", id: row.id, name: row.userId },
    after: presentUser(row),
  });
  return row;
}
