import { eq } from "drizzle-orm";
import type { z } from "zod";
import type { Transaction } from "@/db/client";
import type { UserType } from "@/db/enums";
import { tokens } from "@/db/schema";
import type { Principal } from "@/lib/access/principal";
import { record } from "@/lib/audit/record";
import { days, now } from "@/lib/clock";
import { fieldProblem } from "@/lib/errors";
import { announce } from "@/lib/gate/announce";
import type { CreatedToken, newToken } from "@/lib/tokens/contract";
import { hashToken, mintToken } from "@/lib/tokens/format";
import { findTokenRow, kindOf, presentToken } from "@/lib/tokens/rows";
import { nameKey } from "@/lib/users/name";

interface TokenOwner {
  id: number;
  name: string;
  userType: UserType;
}

/**
 * Mints a token of an account, with its audit entry. What comes back holds the secret; nothing else ever will (T4).
 * @param given a secret made elsewhere (form T3), in place of a new one
 * @param replacesId the token it takes over from
 * @param field what a taken name is reported under
 * @throws Problem `name_taken` (409) when the account has a token of that name
 */
export async function insertToken(
  tx: Transaction,
  principal: Principal,
  owner: TokenOwner,
  token: z.output<typeof newToken>,
  { given, replacesId, field = "name" }: { given?: string; replacesId?: number; field?: string } = {},
): Promise<CreatedToken> {
  const type = owner.userType === "Service" ? "Service" : "Personal";
  const secret = given ?? mintToken(kindOf({ type, scim: token.scim }));
  const createdAt = now();
  const [inserted] = await tx
    .insert(tokens)
    .values({
      userId: owner.id,
      type,
      scim: token.scim,
      name: token.name,
      nameKey: nameKey(token.name),
      hash: hashToken(secret),
      lastFour: secret.slice(-4),
      expiresAt: token.expires_in_days === null ? null : expiryOf(createdAt, token.expires_in_days),
      createdAt,
      createdById: principal.user.id,
      replacesId,
    })
    .onConflictDoNothing({ target: [tokens.userId, tokens.nameKey] })
    .returning({ id: tokens.id });
  if (!inserted)
    throw fieldProblem(
      field,
      `${owner.name} already has a token named "${token.name}". Choose another name.`,
      "name_taken",
    );

  const row = await findTokenRow(tx, eq(tokens.id, inserted.id));
  if (!row) throw new Error(`Token ${inserted.id} vanished inside its own transaction.`);
  const shown = presentToken(row);
  const { id, name, active, expiration, ...rest } = shown;

  await record(tx, principal, "token.created", {
    target: { type: "token", id, name },
    after: { ...shown, secret: "set" },
  });
  // One made elsewhere may have been tried, and refused, before it was ours.
  if (given !== undefined) await announce(tx, "token", id);
  return { id, name, active, expiration, bearer_token: secret, ...rest };
}

/** Whole days from now, to the second. */
function expiryOf(from: Date, inDays: number): Date {
  const moment = new Date(from.getTime() + days(inDays));
  moment.setUTCMilliseconds(0);
  return moment;
}
