import { eq } from "drizzle-orm";
import { transaction } from "@/db/client";
import { tokens } from "@/db/schema";
import type { Principal } from "@/lib/access/principal";
import { record } from "@/lib/audit/record";
import { now } from "@/lib/clock";
import { Problem } from "@/lib/errors";
import { announce } from "@/lib/gate/announce";
import { lockToken } from "@/lib/tokens/lock-token";
import { presentToken } from "@/lib/tokens/rows";
import { tokenStatus } from "@/lib/tokens/status";

/**
 * Deletes a revoked token, with its usage (T6): its person, or an Admin. Final; its name is free again, the audit log
 * keeps it.
 * @throws Problem `not_found` (404), `token_not_revoked` (409), also for one that has merely expired
 */
export async function deleteToken(principal: Principal, id: number): Promise<void> {
  await transaction(async (tx) => {
    const row = await lockToken(tx, principal, id);
    if (tokenStatus(row, now()) !== "revoked")
      throw new Problem(
        "token_not_revoked",
        `"${row.name}" is not revoked. Revoke it first, then delete it.`,
      );
    await tx.delete(tokens).where(eq(tokens.id, id));
    await record(tx, principal, "token.deleted", {
      target: { type: "token", id, name: row.name },
      before: presentToken(row),
    });
    await announce(tx, "token", id);
  });
}
