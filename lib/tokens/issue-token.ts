import { eq } from "drizzle-orm";
import { users } from "@/db/schema";
import { requirePermission } from "@/lib/access/permissions";
import type { Principal } from "@/lib/access/principal";
import { fieldProblem, Problem } from "@/lib/errors";
import type { Output } from "@/lib/http/endpoint";
import { createOnce } from "@/lib/idempotency/create-once";
import type { CreatedToken, createToken } from "@/lib/tokens/contract";
import { insertToken } from "@/lib/tokens/insert-token";

/**
 * Issues a token (T1–T4, T9): a person's own Personal token, or, as an Admin, a service account's.
 * @throws Problem `forbidden` (403) for anybody else's, `invalid_input` (422) for an unknown account or a SCIM token of a
 *   person, `account_inactive` (409), `name_taken` (409)
 */
export async function issueToken(
  principal: Principal,
  input: Output<typeof createToken.body>,
): Promise<CreatedToken> {
  const own = input.user_id === principal.user.id && principal.user.userType === "User";
  if (!own) requirePermission(principal, "tokens:manage");

  return createOnce(principal, async (tx) => {
    const [account] = await tx.select().from(users).where(eq(users.id, input.user_id)).for("key share");
    if (!account) throw fieldProblem("user_id", `There is no account ${input.user_id}.`);
    if (account.userType === "User" && !own)
      throw new Problem(
        "forbidden",
        "People make Personal tokens for themselves; nobody can make one for somebody else.",
      );
    if (account.userType === "User" && input.scim)
      throw fieldProblem("scim", "A SCIM administration token belongs to a service account.");
    if (!account.active)
      throw new Problem("account_inactive", `${account.name} is deactivated. Reactivate it first.`);

    const answer = await insertToken(tx, principal, account, input);
    return { answer, created: { type: "token", id: answer.id, name: answer.name } };
  });
}
