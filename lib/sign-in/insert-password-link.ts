import type { Transaction } from "@/db/client";
import { passwordLinks } from "@/db/schema";
import type { Principal } from "@/lib/access/principal";
import { record } from "@/lib/audit/record";
import { hours, now } from "@/lib/clock";
import { isoSeconds } from "@/lib/http/timestamps";
import type { PasswordLink } from "@/lib/sign-in/contract";
import { hashOneTimeCode, mintOneTimeCode } from "@/lib/sign-in/one-time-code";

const passwordLinkValid = hours(72);

/**
 * Makes the one link by which a person sets their password; an earlier one stops working. The code is in the fragment,
 * which browsers don't send, so it reaches no log on the way.
 */
export async function insertPasswordLink(
  tx: Transaction,
  principal: Principal,
  person: { id: number; userId: string },
): Promise<PasswordLink> {
  const code = mintOneTimeCode();
  const expiresAt = new Date(now().getTime() + passwordLinkValid);
  const link = { codeHash: hashOneTimeCode(code), expiresAt };
  await tx
    .insert(passwordLinks)
    .values({ userId: person.id, ...link })
    .onConflictDoUpdate({ target: passwordLinks.userId, set: link });
  await record(tx, principal, "password_link.created", {
    target: { type: "user", id: person.id, name: person.userId },
    after: { expires_at: isoSeconds(expiresAt), code: "set" },
  });
  return { url: `${principal.request.baseUrl}/set-password#code=${code}`, expires_at: isoSeconds(expiresAt) };
}
