import { and, eq, gte, inArray, type SQL, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { tokens, tokenUsage } from "@/db/schema";
import { hasPermission } from "@/lib/access/permissions";
import type { Principal } from "@/lib/access/principal";
import { days, hours, now, startOfHour } from "@/lib/clock";
import type { Output } from "@/lib/http/endpoint";
import { isoSeconds } from "@/lib/http/timestamps";
import {
  type DayOfUsage,
  type listTokenUsage,
  maxCallers,
  type readTokenUsage,
  type TokenUsage,
} from "@/lib/token-usage/contract";
import { findToken } from "@/lib/tokens/find-tokens";

const counts = {
  accepted:
    sql<number>`coalesce(sum(${tokenUsage.count}) filter (where ${tokenUsage.outcome} = 'accepted'), 0)`.mapWith(
      Number,
    ),
  refused:
    sql<number>`coalesce(sum(${tokenUsage.count}) filter (where ${tokenUsage.outcome} <> 'accepted'), 0)`.mapWith(
      Number,
    ),
};
const date = sql<string>`to_char(${tokenUsage.hour} at time zone 'UTC', 'YYYY-MM-DD')`;

/**
 * Who used a token, from where, how often, and when: its owner, or an Admin.
 * @throws Problem `not_found` (404), also for a token that the principal may not see
 */
export async function findTokenUsage(
  principal: Principal,
  id: number,
  query: Output<typeof readTokenUsage.query>,
): Promise<TokenUsage> {
  await findToken(principal, id);
  const since = firstDay(query.days);
  const ofToken = and(eq(tokenUsage.tokenId, id), gte(tokenUsage.hour, since));
  const [callers, byDay, byHour] = await Promise.all([
    callersOf(ofToken),
    db()
      .select({ date, ...counts })
      .from(tokenUsage)
      .where(ofToken)
      .groupBy(date),
    db()
      .select({ hour: tokenUsage.hour, ...counts })
      .from(tokenUsage)
      .where(and(eq(tokenUsage.tokenId, id), gte(tokenUsage.hour, firstHour())))
      .groupBy(tokenUsage.hour),
  ]);
  return {
    ...callers,
    days: everyDay(query.days, byDay),
    hours: everyHour(byHour),
  };
}

/** How much each of these tokens was used, day by day, in one query; those that the principal may not see are left out. */
export async function findUsageOfTokens(
  principal: Principal,
  { ids, days: count }: Output<typeof listTokenUsage.query>,
): Promise<Output<typeof listTokenUsage.answer>> {
  const visible = await db()
    .select({ id: tokens.id })
    .from(tokens)
    .where(and(inArray(tokens.id, ids), visibleTo(principal)));
  const shown = new Set(visible.map(({ id }) => id));
  if (shown.size === 0) return { items: [] };

  const rows = await db()
    .select({ id: tokenUsage.tokenId, date, ...counts })
    .from(tokenUsage)
    .where(and(inArray(tokenUsage.tokenId, [...shown]), gte(tokenUsage.hour, firstDay(count))))
    .groupBy(tokenUsage.tokenId, date);
  const byToken = new Map<number, DayOfUsage[]>([...shown].map((id) => [id, []]));
  for (const { id, ...day } of rows) byToken.get(id)?.push(day);
  return {
    items: ids
      .filter((id) => shown.has(id))
      .map((id) => ({ id, days: everyDay(count, byToken.get(id) ?? []) })),
  };
}

function visibleTo(principal: Principal): SQL | undefined {
  if (hasPermission(principal, "tokens:manage")) return undefined;
  return principal.user.id === null ? sql`false` : eq(tokens.userId, principal.user.id);
}

/** One per address and kind of client, the latest first. */
async function callersOf(condition: SQL | undefined) {
  const rows = await db()
    .select({
      address: tokenUsage.address,
      userAgent: tokenUsage.userAgent,
      ...counts,
      lastAt: sql<Date>`max(${tokenUsage.lastAt})`.mapWith(tokenUsage.lastAt),
      total: sql<number>`count(*) over ()`.mapWith(Number),
    })
    .from(tokenUsage)
    .where(condition)
    .groupBy(tokenUsage.address, tokenUsage.userAgent)
    .orderBy(sql`max(${tokenUsage.lastAt}) desc`, tokenUsage.address, tokenUsage.userAgent)
    .limit(maxCallers);
  return {
    callers: rows.map(({ address, userAgent, accepted, refused, lastAt }) => ({
      ip: address === "::" ? null : address,
      user_agent: userAgent === "" ? null : userAgent,
      accepted,
      refused,
      last_seen_at: isoSeconds(lastAt),
    })),
    callers_total: rows[0]?.total ?? 0,
  };
}

/** The first moment of the first of so many days, UTC; today is the last. */
function firstDay(count: number): Date {
  const today = Math.floor(now().getTime() / days(1)) * days(1);
  return new Date(today - days(count - 1));
}

function firstHour(): Date {
  return new Date(startOfHour(now()).getTime() - hours(23));
}

function everyDay(count: number, rows: readonly DayOfUsage[]): DayOfUsage[] {
  const byDate = new Map(rows.map((row) => [row.date, row]));
  return Array.from({ length: count }, (_, index) => {
    const day = new Date(firstDay(count).getTime() + days(index)).toISOString().slice(0, 10);
    const { accepted = 0, refused = 0 } = byDate.get(day) ?? {};
    return { date: day, accepted, refused };
  });
}

function everyHour(rows: readonly { hour: Date; accepted: number; refused: number }[]): TokenUsage["hours"] {
  const byHour = new Map(rows.map((row) => [row.hour.getTime(), row]));
  return Array.from({ length: 24 }, (_, index) => {
    const hour = firstHour().getTime() + hours(index);
    const { accepted = 0, refused = 0 } = byHour.get(hour) ?? {};
    return { hour: isoSeconds(new Date(hour)), accepted, refused };
  });
}
