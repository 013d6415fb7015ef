import { APIError } from "better-auth/api";
import { transaction } from "@/db/client";
import type { Principal } from "@/lib/access/principal";
import { record } from "@/lib/audit/record";
import { fieldProblem, Problem } from "@/lib/errors";
import type { Output } from "@/lib/http/endpoint";
import { authOn } from "@/lib/sign-in/auth";
import type { passwordChange } from "@/lib/sign-in/contract";
import { countTry } from "@/lib/sign-in/sign-in-limits";

/**
 * Changes the principal's own password; all their other sessions end.
 * @param cookieHeader of the request, by which the library knows the session
 * @returns the cookies of the session that goes on
 * @throws Problem `invalid_input` (422, field `current_password`), `too_many_attempts` (429)
 */
export async function changeOwnPassword(
  principal: Principal,
  input: Output<typeof passwordChange>,
  cookieHeader: string,
): Promise<string[]> {
  if (!principal.session)
    throw new Problem("forbidden", "A password is changed in a session, not with a token.");

  const attempt = await countTry(principal.user.userId, principal.request.ip);
  try {
    const cookies = await transaction(async (tx) => {
      const answer = await authOn(tx).api.changePassword({
        body: {
          currentPassword: input.current_password,
          newPassword: input.new_password,
          revokeOtherSessions: true,
        },
        headers: new Headers({ cookie: cookieHeader }),
        returnHeaders: true,
      });
      await record(tx, principal, "password.changed", { after: { password: "changed" } });
      return answer.headers.getSetCookie();
    });
    await attempt.succeeded();
    return cookies;
  } catch (error) {
    if (error instanceof APIError)
      throw fieldProblem("current_password", "This is not your current password.");
    throw error;
  }
}
