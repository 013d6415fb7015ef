import { eq } from "drizzle-orm";
import { type Transaction, transaction } from "@/db/client";
import { brokenUniqueConstraint } from "@/db/failures";
import { tokens } from "@/db/schema";
import type { Principal } from "@/lib/access/principal";
import { record } from "@/lib/audit/record";
import { now } from "@/lib/clock";
import { fieldProblem, Problem } from "@/lib/errors";
import { announce } from "@/lib/gate/announce";
import type { Output } from "@/lib/http/endpoint";
import type { changeToken as endpoint, Token } from "@/lib/tokens/contract";
import { lockToken } from "@/lib/tokens/lock-token";
import { findTokenRow, presentToken, type TokenRow } from "@/lib/tokens/rows";
import { tokenStatus } from "@/lib/tokens/status";
import { nameKey } from "@/lib/users/name";

/**
 * Renames, revokes or restores a token (T1, T6): its person, or an Admin. Revoking stops it on every instance before
 * the answer; revoking twice changes nothing and leaves one audit entry. Restoring clears whatever has stopped it, the
 * end of a rotation's overlap too; an end of the overlap that still lies ahead stands.
 * @throws Problem `not_found` (404), `token_expired` (409) for a restore that comes too late, `name_taken` (409)
 */
export async function changeToken(
  principal: Principal,
  id: number,
  { name, revoke }: Output<typeof endpoint.body>,
): Promise<Token> {
  return transaction(async (tx) => {
    const row = await lockToken(tx, principal, id);
    if (name !== undefined && name !== row.name) await rename(tx, principal, row, name);
    if (revoke === true) await revokeToken(tx, principal, row);
    if (revoke === false) await restoreToken(tx, principal, row);
    return presentToken(await readBack(tx, id));
  });
}

async function rename(tx: Transaction, principal: Principal, row: TokenRow, name: string): Promise<void> {
  try {
    await tx
      .update(tokens)
      .set({ name, nameKey: nameKey(name) })
      .where(eq(tokens.id, row.id));
  } catch (error) {
    if (brokenUniqueConstraint(error) !== "tokens_name_per_account") throw error;
    throw fieldProblem(
      "name",
      `${row.user.name} already has a token named "${name}". Choose another name.`,
      "name_taken",
    );
  }
  await record(tx, principal, "token.renamed", {
    target: { type: "token", id: row.id, name },
    before: { name: row.name },
    after: { name },
  });
}

async function revokeToken(tx: Transaction, principal: Principal, row: TokenRow): Promise<void> {
  if (tokenStatus(row, now()) === "revoked") return;
  await tx.update(tokens).set({ revokedAt: now() }).where(eq(tokens.id, row.id));
  await recordStatus(tx, principal, "token.revoked", row);
}

async function restoreToken(tx: Transaction, principal: Principal, row: TokenRow): Promise<void> {
  if (tokenStatus(row, now()) !== "revoked") return;
  if (row.expiresAt && row.expiresAt <= now())
    throw new Problem(
      "token_expired",
      `The token expired on ${row.expiresAt.toISOString().slice(0, 10)}. Replace it instead.`,
    );
  const retiresAt = row.retiresAt && row.retiresAt > now() ? row.retiresAt : null;
  await tx.update(tokens).set({ revokedAt: null, retiresAt }).where(eq(tokens.id, row.id));
  await recordStatus(tx, principal, "token.restored", row);
}

async function recordStatus(
  tx: Transaction,
  principal: Principal,
  action: "token.revoked" | "token.restored",
  before: TokenRow,
): Promise<void> {
  const after = await readBack(tx, before.id);
  await record(tx, principal, action, {
    target: { type: "token", id: before.id, name: after.name },
    before: { status: tokenStatus(before, now()) },
    after: { status: tokenStatus(after, now()) },
  });
  await announce(tx, "token", before.id);
}

async function readBack(tx: Transaction, id: number): Promise<TokenRow> {
  const row = await findTokenRow(tx, eq(tokens.id, id));
  if (!row) throw new Error(`Token ${id} vanished while it was locked.`);
  return row;
}
