import { and, desc, eq, gte, lt, ne, sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { auditEvents, tokens, tokenUsage } from "@/db/schema";
import { record } from "@/lib/audit/record";
import { days, hours, minutes, now, startOfHour } from "@/lib/clock";

/** Two instances whose hour is over take turns here. */
const refusalsLock = 7_135_010;
/** Uses are written some seconds after they happen; one that comes later than this is counted on its token alone. */
const settledAfter = minutes(5);
const lookBack = days(1);
const mostClients = 10;

/**
 * Records the use of dead tokens, counted: one entry for each token and hour, once the hour is over, whatever the
 * number of tries, instances and gates. Called from time to time, by any instance.
 */
export async function recordRefusals(tx: Transaction): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${refusalsLock})`);
  const until = startOfHour(new Date(now().getTime() - settledAfter)).getTime();
  const since = Math.max((await lastRecordedHour(tx)) + hours(1), until - lookBack);
  const refusals = await selectRefusals(tx, new Date(since), new Date(until));
  for (const { hour, tokenId, tokenName, refused, clients, ip } of refusals) {
    const token = { id: tokenId, name: tokenName };
    // Who tried it is not known: the holder of a dead token is nobody.
    await record(tx, { user: null, token, request: { ...nobodysRequest, ip } }, "token.refused", {
      target: { type: "token", ...token },
      after: { refused, hour: hour.toISOString(), clients: clients.slice(0, mostClients) },
    });
  }
}

const nobodysRequest = { id: "", userAgent: null, baseUrl: "" };

async function lastRecordedHour(tx: Transaction): Promise<number> {
  const [last] = await tx
    .select({ after: auditEvents.after })
    .from(auditEvents)
    .where(eq(auditEvents.action, "token.refused"))
    .orderBy(desc(auditEvents.at), desc(auditEvents.id))
    .limit(1);
  return last ? Date.parse((last.after as { hour: string }).hour) : 0;
}

/** By hour, so that the entry recorded last is of the last hour. */
function selectRefusals(tx: Transaction, since: Date, until: Date) {
  const latestFirst = sql`order by ${tokenUsage.lastAt} desc`;
  return tx
    .select({
      hour: tokenUsage.hour,
      tokenId: tokens.id,
      tokenName: tokens.name,
      refused: sql`sum(${tokenUsage.count})`.mapWith(Number),
      ip: sql<string | null>`nullif((array_agg(${tokenUsage.address} ${latestFirst}))[1], '::')`,
      clients: sql<string[]>`array_agg(
        concat_ws(' ', nullif(host(${tokenUsage.address}), '::'), nullif(${tokenUsage.userAgent}, ''), ${tokenUsage.outcome})
        ${latestFirst})`,
    })
    .from(tokenUsage)
    .innerJoin(tokens, eq(tokens.id, tokenUsage.tokenId))
    .where(and(ne(tokenUsage.outcome, "accepted"), gte(tokenUsage.hour, since), lt(tokenUsage.hour, until)))
    .groupBy(tokenUsage.hour, tokens.id)
    .orderBy(tokenUsage.hour, tokens.id);
}
