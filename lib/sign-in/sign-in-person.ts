import { APIError } from "better-auth/api";
import { and, eq } from "drizzle-orm";
import { transaction } from "@/db/client";
import { signIns, users } from "@/db/schema";
import type { Actor, RequestOrigin } from "@/lib/access/principal";
import { record } from "@/lib/audit/record";
import { now } from "@/lib/clock";
import { Problem } from "@/lib/errors";
import type { Output } from "@/lib/http/endpoint";
import { authOn } from "@/lib/sign-in/auth";
import { type credentials, email as emailShape, type signIn } from "@/lib/sign-in/contract";
import { countTry } from "@/lib/sign-in/sign-in-limits";

type SignedIn = Output<typeof signIn.answer>;

/**
 * Signs a person in. Every failure reads the same and takes about as long, so nobody learns which accounts exist.
 * @returns the person, and the cookies that carry the session
 * @throws Problem `sign_in_failed` (401), `too_many_attempts` (429)
 */
export async function signInPerson(
  request: RequestOrigin,
  input: Output<typeof credentials>,
): Promise<{ person: SignedIn; cookies: string[] }> {
  const email = input.email.toLowerCase();
  const attempt = await countTry(email, request.ip);
  try {
    const signedIn = await transaction(async (tx) => {
      const [account] = await tx
        .select({ id: users.id, userId: users.userId, name: users.name, email: signIns.email })
        .from(signIns)
        .innerJoin(users, eq(users.id, signIns.id))
        .where(and(eq(signIns.email, email), eq(users.active, true)))
        // Who deactivates or deletes the account waits, and finds the session; or it is gone already.
        .for("key share", { of: users });
      // Asked also when there is no such account, for the time it takes.
      const answer = await authOn(tx).api.signInEmail({
        body: { email: account?.email ?? "nobody@invalid.invalid", password: input.password },
        headers: new Headers({ "user-agent": request.userAgent ?? "" }),
        returnHeaders: true,
      });
      if (!account) throw failure();
      await tx.update(users).set({ lastSeenAt: now() }).where(eq(users.id, account.id));
      await record(tx, { user: account, request } satisfies Actor, "session.created", {
        target: { type: "user", id: account.id, name: account.userId },
      });
      return {
        person: { id: account.id, name: account.name, email: account.email },
        cookies: answer.headers.getSetCookie(),
      };
    });
    await attempt.succeeded();
    return signedIn;
  } catch (error) {
    if (!(error instanceof APIError)) throw error;
    await recordRefusal(request, email);
    throw failure();
  }
}

/** What is no e-mail address isn't told: it may be the password, typed into the wrong field. */
async function recordRefusal(request: RequestOrigin, typed: string): Promise<void> {
  const email = emailShape.safeParse(typed).success ? typed : "not an e-mail address";
  await transaction((tx) => record(tx, { user: null, request }, "session.refused", { after: { email } }));
}

function failure(): Problem {
  return new Problem("sign_in_failed", "E-mail or password is incorrect.");
}
