import { isIP } from "node:net";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import type { TokenUseOutcome } from "@/db/enums";
import { tokens, tokenUsage, users } from "@/db/schema";
import { startOfHour } from "@/lib/clock";
import { userAgentFamily } from "@/lib/token-usage/user-agent-family";

/** How often one client came with one token, and when last. */
export interface NotedUse {
  tokenId: number;
  outcome: TokenUseOutcome;
  ip: string | null;
  userAgent: string | null;
  count: number;
  at: Date;
}

/** What a batch says of one token as a whole. */
interface Summary {
  id: number;
  lastUse?: NotedUse;
  lastRefusal?: NotedUse;
  refused: number;
}

/**
 * Adds uses of tokens to their rows, their accounts' and `token_usage`, in one statement; tokens that are gone are
 * skipped, and the times of last use and refusal only move forward. Each is counted in the hour of its last use.
 */
export async function writeUses(noted: readonly NotedUse[]): Promise<void> {
  const use = columnsOf(noted);
  const token = columnsOf(summarise(noted));
  // Rows are locked in the order of their ids, so that two instances can't lock each other out.
  await db().execute(sql`
    with batch as (
      select * from unnest(
        ${token(({ id }) => id)}::bigint[],
        ${token(({ lastUse }) => lastUse?.at.toISOString())}::timestamptz[],
        ${token(({ lastUse }) => inetOf(lastUse?.ip))}::inet[],
        ${token(({ lastUse }) => lastUse?.userAgent)}::text[],
        ${token(({ refused }) => refused)}::bigint[],
        ${token(({ lastRefusal }) => lastRefusal?.at.toISOString())}::timestamptz[],
        ${token(({ lastRefusal }) => inetOf(lastRefusal?.ip))}::inet[],
        ${token(({ lastRefusal }) => lastRefusal?.userAgent)}::text[]
      ) as batch (id, used_at, used_ip, used_by, refused, refused_at, refused_ip, refused_by)
    ), locked as (
      select ${tokens.id} as id, ${tokens.userId} as user_id from ${tokens}
      where ${tokens.id} in (select id from batch) order by ${tokens.id} for no key update
    ), counted as (
      insert into ${tokenUsage} (token_id, hour, address, user_agent, outcome, count, last_at)
      select id, hour, coalesce(ip, '::'), family, outcome, sum(count), max(at)
      from unnest(
        ${use(({ tokenId }) => tokenId)}::bigint[],
        ${use(({ at }) => startOfHour(at).toISOString())}::timestamptz[],
        ${use(({ ip }) => inetOf(ip))}::inet[],
        ${use(({ userAgent }) => userAgentFamily(userAgent) ?? "")}::text[],
        ${use(({ outcome }) => outcome)}::token_use_outcome[],
        ${use(({ count }) => count)}::bigint[],
        ${use(({ at }) => at.toISOString())}::timestamptz[]
      ) as noted (id, hour, ip, family, outcome, count, at) join locked using (id)
      group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
      on conflict (token_id, hour, address, user_agent, outcome) do update set
        count = ${tokenUsage.count} + excluded.count, last_at = greatest(${tokenUsage.lastAt}, excluded.last_at)
    ), seen as (
      update ${users} set last_seen_at = latest.at
      from (select user_id, max(used_at) as at from batch join locked using (id) group by user_id) latest
      where ${users.id} = latest.user_id and ${isLater("latest.at", users.lastSeenAt)}
    )
    update ${tokens} set
      last_used_at = greatest(${tokens.lastUsedAt}, used_at),
      last_used_ip = case when ${isLater("used_at", tokens.lastUsedAt)} then used_ip else ${tokens.lastUsedIp} end,
      last_used_user_agent =
        case when ${isLater("used_at", tokens.lastUsedAt)} then used_by else ${tokens.lastUsedUserAgent} end,
      refused_count = ${tokens.refusedCount} + refused,
      last_refused_at = greatest(${tokens.lastRefusedAt}, refused_at),
      last_refused_ip =
        case when ${isLater("refused_at", tokens.lastRefusedAt)} then refused_ip else ${tokens.lastRefusedIp} end,
      last_refused_user_agent =
        case when ${isLater("refused_at", tokens.lastRefusedAt)} then refused_by else ${tokens.lastRefusedUserAgent} end
    from batch join locked using (id) where ${tokens.id} = batch.id`);
}

/** Here rather than by the database, for which it is half of the work. */
function summarise(noted: readonly NotedUse[]): Summary[] {
  const byToken = new Map<number, Summary>();
  for (const use of noted) {
    const summary = byToken.get(use.tokenId) ?? { id: use.tokenId, refused: 0 };
    byToken.set(use.tokenId, summary);
    if (use.outcome === "accepted") summary.lastUse = laterOf(summary.lastUse, use);
    else {
      summary.lastRefusal = laterOf(summary.lastRefusal, use);
      summary.refused += use.count;
    }
  }
  return [...byToken.values()];
}

function laterOf(known: NotedUse | undefined, use: NotedUse): NotedUse {
  return known && known.at >= use.at ? known : use;
}

/** For `unnest`: one array for each column of some rows. */
function columnsOf<Row>(rows: readonly Row[]) {
  return (read: (row: Row) => unknown) => sql.param(rows.map((row) => read(row) ?? null));
}

type KnownMoment = typeof tokens.lastUsedAt | typeof tokens.lastRefusedAt | typeof users.lastSeenAt;

/** Whether what the batch says, if it does, comes after what is known, if anything is. */
function isLater(noted: "used_at" | "refused_at" | "latest.at", known: KnownMoment) {
  return sql`${sql.raw(noted)} > coalesce(${known}, '-infinity')`;
}

/** What PostgreSQL takes as an address: without the zone of a link-local one. */
function inetOf(ip: string | null | undefined): string | null {
  const address = ip?.split("%")[0] ?? "";
  return isIP(address) ? address : null;
}
