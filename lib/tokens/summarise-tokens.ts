import { and, inArray, isNull, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { tokens } from "@/db/schema";
import { isoSecondsOrNull } from "@/lib/http/timestamps";
import { hasStatus } from "@/lib/tokens/conditions";
import type { TokenSummary } from "@/lib/tokens/contract";

const none: TokenSummary = { total: 0, active: 0, next_expiration: null, last_used_at: null };

/** What these accounts hold, in one query; the answer knows it by the account's id. */
export async function summariseTokens(
  source: Database,
  accountIds: readonly number[],
): Promise<(accountId: number) => TokenSummary> {
  const active = hasStatus("active");
  // One that was rotated ends anyway, and its successor is there: its expiry is nobody's concern.
  const staying = and(active, isNull(tokens.retiresAt));
  const rows = await source
    .select({
      accountId: tokens.userId,
      total: sql<number>`count(*)`.mapWith(Number),
      active: sql<number>`count(*) filter (where ${active})`.mapWith(Number),
      nextExpiration: sql<Date | null>`min(${tokens.expiresAt}) filter (where ${staying})`.mapWith(
        tokens.expiresAt,
      ),
      lastUsedAt: sql<Date | null>`max(${tokens.lastUsedAt})`.mapWith(tokens.lastUsedAt),
    })
    .from(tokens)
    .where(inArray(tokens.userId, [...accountIds]))
    .groupBy(tokens.userId);

  const byAccount = new Map(rows.map((row) => [row.accountId, row]));
  return (accountId) => {
    const row = byAccount.get(accountId);
    if (!row) return none;
    return {
      total: row.total,
      active: row.active,
      next_expiration: isoSecondsOrNull(row.nextExpiration),
      last_used_at: isoSecondsOrNull(row.lastUsedAt),
    };
  };
}
