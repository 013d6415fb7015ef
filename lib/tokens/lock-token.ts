import { eq } from "drizzle-orm";
import type { Database, Transaction } from "@/db/client";
import { tokens } from "@/db/schema";
import { hasPermission } from "@/lib/access/permissions";
import type { Principal } from "@/lib/access/principal";
import { Problem } from "@/lib/errors";
import { findTokenRow, type TokenRow } from "@/lib/tokens/rows";

/**
 * The token, held until the transaction ends, if the principal may change it: its person, or an Admin (T9).
 * @throws Problem `not_found` (404), also for a token that isn't theirs
 */
export async function lockToken(tx: Transaction, principal: Principal, id: number): Promise<TokenRow> {
  await tx.select({ id: tokens.id }).from(tokens).where(eq(tokens.id, id)).for("update");
  return findChangeableToken(tx, principal, id);
}

/** The same, without holding it. */
export async function findChangeableToken(
  source: Database,
  principal: Principal,
  id: number,
): Promise<TokenRow> {
  const row = await findTokenRow(source, eq(tokens.id, id));
  const own = row?.type === "Personal" && row.user.id === principal.user.id;
  if (!row || !(own || hasPermission(principal, "tokens:manage")))
    throw new Problem("not_found", `There is no token ${id}.`);
  return row;
}
