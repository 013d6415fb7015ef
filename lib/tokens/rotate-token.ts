import { eq } from "drizzle-orm";
import { db, type Transaction } from "@/db/client";
import { tokens, users } from "@/db/schema";
import type { Principal } from "@/lib/access/principal";
import { record } from "@/lib/audit/record";
import { hours, now } from "@/lib/clock";
import { Problem } from "@/lib/errors";
import { announce } from "@/lib/gate/announce";
import type { Output } from "@/lib/http/endpoint";
import { isoSeconds } from "@/lib/http/timestamps";
import { createOnce } from "@/lib/idempotency/create-once";
import type { CreatedToken, rotateToken as endpoint } from "@/lib/tokens/contract";
import { insertToken } from "@/lib/tokens/insert-token";
import { findChangeableToken, lockToken } from "@/lib/tokens/lock-token";
import { nextTokenName } from "@/lib/tokens/next-token-name";
import type { TokenRow } from "@/lib/tokens/rows";
import { tokenStatus } from "@/lib/tokens/status";

/**
 * Makes a successor of a token and lets the old one live on for the overlap, never past its own expiry (T7). Its person
 * rotates a Personal token, an Admin any other. A repeat under the same Idempotency-Key gets the same successor, and
 * ends nothing.
 * @throws Problem `not_found` (404), `forbidden` (403) for somebody else's Personal token, `already_rotated`,
 *   `token_revoked`, `token_expired`, `account_inactive`, `name_taken` (409)
 */
export async function rotateToken(
  principal: Principal,
  id: number,
  input: Output<typeof endpoint.body>,
): Promise<CreatedToken> {
  const { type, user } = await findChangeableToken(db(), principal, id);
  if (type === "Personal" && user.id !== principal.user.id)
    throw new Problem(
      "forbidden",
      "People rotate their Personal tokens themselves: the new secret is theirs.",
    );

  return createOnce(principal, async (tx) => {
    // The token before the account, as everybody does who holds both. One rotation at a time: each finds a free name.
    const old = await lockToken(tx, principal, id);
    const [account] = await tx.select().from(users).where(eq(users.id, user.id)).for("no key update");
    requireRotatable(old);
    if (!account?.active)
      throw new Problem("account_inactive", `${user.name} is deactivated. Reactivate it first.`);

    const retiresAt = endOfOverlap(old, input.overlap_hours);
    await tx.update(tokens).set({ retiresAt }).where(eq(tokens.id, id));
    const name = input.name ?? nextTokenName(old.name, await namesTaken(tx, user.id));
    const answer = await insertToken(
      tx,
      principal,
      account,
      { name, expires_in_days: input.expires_in_days, scim: old.scim },
      { replacesId: id },
    );
    await record(tx, principal, "token.rotated", {
      target: { type: "token", id, name: old.name },
      before: { retires_at: null, replaced_by: null },
      after: { retires_at: isoSeconds(retiresAt), replaced_by: { id: answer.id, name } },
    });
    await announce(tx, "token", id);
    return { answer, created: { type: "token", id: answer.id, name } };
  });
}

function requireRotatable(token: TokenRow): void {
  const { replacedBy } = token;
  if (replacedBy)
    throw new Problem(
      "already_rotated",
      `The token was rotated already: "${replacedBy.name}" (${replacedBy.id}) takes over from it. Rotate that one.`,
    );
  const status = tokenStatus(token, now());
  if (status === "revoked")
    throw new Problem("token_revoked", "The token is revoked. Restore it first, or create a new one.");
  if (status === "expired")
    throw new Problem("token_expired", "The token has expired. Create a new one instead.");
}

function endOfOverlap({ expiresAt }: TokenRow, overlapHours: number): Date {
  const end = new Date(now().getTime() + hours(overlapHours));
  return expiresAt && expiresAt < end ? expiresAt : end;
}

async function namesTaken(tx: Transaction, userId: number): Promise<Set<string>> {
  const rows = await tx.select({ key: tokens.nameKey }).from(tokens).where(eq(tokens.userId, userId));
  return new Set(rows.map(({ key }) => key));
}
