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

/**
 * Adds uses of tokens to their rows, their accounts' and `token_usage`, in one statement; tokens that are gone are
 * skipped, and the times of last use and refusal only move forward. Each is counted in the hour of its last use.
 */
export async function writeUses(noted: readonly NotedUse[]): Promise<void> {
  const column = <T>(read: (use: NotedUse) => T) => sql.param(noted.map(read));
  // Rows are locked in the order of their ids, so that two instances can't lock each other out.
  await db().execute(sql`
    with noted as (
      select * from unnest(
        ${column(({ tokenId }) => tokenId)}::bigint[],
        ${column(({ outcome }) => outcome)}::token_use_outcome[],
        ${column(({ ip }) => inetOf(ip))}::inet[],
        ${column(({ userAgent }) => userAgent)}::text[],
        ${column(({ userAgent }) => userAgentFamily(userAgent) ?? "")}::text[],
        ${column(({ count }) => count)}::bigint[],
        ${column(({ at }) => at.toISOString())}::timestamptz[],
        ${column(({ at }) => startOfHour(at).toISOString())}::timestamptz[]
      ) as noted (id, outcome, ip, user_agent, family, count, at, hour)
    ), locked as (
      select ${tokens.id} as id, ${tokens.userId} as user_id from ${tokens}
      where ${tokens.id} in (select id from noted) order by ${tokens.id} for no key update
    ), counted as (
      insert into ${tokenUsage} (token_id, hour, address, user_agent, outcome, count, last_at)
      select id, hour, coalesce(ip, '::'), family, outcome, sum(count), max(at)
      from noted join locked using (id) group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
      on conflict (token_id, hour, address, user_agent, outcome) do update set
        count = ${tokenUsage.count} + excluded.count, last_at = greatest(${tokenUsage.lastAt}, excluded.last_at)
    ), fresh as (
      select id, user_id,
        ${latest("at", "used")} as used_at, ${latest("ip", "used")} as used_ip, ${latest("user_agent", "used")} as used_by,
        ${latest("at", "refused")} as refused_at, ${latest("ip", "refused")} as refused_ip,
        ${latest("user_agent", "refused")} as refused_by,
        sum(count) filter (where outcome <> 'accepted') as refused
      from noted join locked using (id) group by id, user_id
    ), seen as (
      update ${users} set last_seen_at = latest.at
      from (select user_id, max(used_at) as at from fresh where used_at is not null group by user_id) latest
      where ${users.id} = latest.user_id and (${users.lastSeenAt} is null or ${users.lastSeenAt} < latest.at)
    )
    update ${tokens} set
      last_used_at = greatest(${tokens.lastUsedAt}, used_at),
      last_used_ip = case when ${isLater(tokens.lastUsedAt, "used_at")} then used_ip else ${tokens.lastUsedIp} end,
      last_used_user_agent =
        case when ${isLater(tokens.lastUsedAt, "used_at")} then used_by else ${tokens.lastUsedUserAgent} end,
      refused_count = ${tokens.refusedCount} + coalesce(refused, 0),
      last_refused_at = greatest(${tokens.lastRefusedAt}, refused_at),
      last_refused_ip =
        case when ${isLater(tokens.lastRefusedAt, "refused_at")} then refused_ip else ${tokens.lastRefusedIp} end,
      last_refused_user_agent =
        case when ${isLater(tokens.lastRefusedAt, "refused_at")} then refused_by else ${tokens.lastRefusedUserAgent} end
    from fresh where ${tokens.id} = fresh.id`);
}

/** What the last of a token's uses of one kind said; one pass over them, where a join would be guessed to be small. */
function latest(column: "at" | "ip" | "user_agent", kind: "used" | "refused") {
  const is = kind === "used" ? "=" : "<>";
  return sql.raw(`(array_agg(${column} order by at desc) filter (where outcome ${is} 'accepted'))[1]`);
}

function isLater(
  known: typeof tokens.lastUsedAt | typeof tokens.lastRefusedAt,
  noted: "used_at" | "refused_at",
) {
  return sql`${sql.raw(noted)} > coalesce(${known}, '-infinity')`;
}

/** What PostgreSQL takes as an address: without the zone of a link-local one. */
function inetOf(ip: string | null): string | null {
  const address = ip?.split("%")[0] ?? "";
  return isIP(address) ? address : null;
}
