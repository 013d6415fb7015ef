import { and, between, desc, eq, gte, inArray, lt, type SQL, sql } from "drizzle-orm";
import { unionAll } from "drizzle-orm/pg-core";
import { db } from "@/db/client";
import { auditEvents, tokens } from "@/db/schema";
import type { AuditEvent, AuditFilter } from "@/lib/audit/contract";
import type { Cursor } from "@/lib/audit/cursor";

export type AuditRow = typeof auditEvents.$inferSelect;

/** The tokens of an account that its filter looks at, at the most. */
const mostTokens = 1_000;

/**
 * At most `limit` entries that the filter finds, from the cursor on in its direction, nearest first. Each filter has an
 * index in this very order, so no page is slower than another.
 */
export async function selectEvents(
  filter: AuditFilter,
  cursor: Cursor | undefined,
  limit: number,
): Promise<AuditRow[]> {
  const narrowed = and(...conditions(filter), cursor && beyond(cursor));
  const order =
    cursor?.towards === "newer"
      ? [auditEvents.at, auditEvents.id]
      : [desc(auditEvents.at), desc(auditEvents.id)];
  if (filter.account === undefined)
    return db()
      .select()
      .from(auditEvents)
      .where(narrowed)
      .orderBy(...order)
      .limit(limit);

  // One look into each index, not one over both: "or" would read all that the account ever did.
  const [by, to, toToken] = (await rolesOf(filter.account)).map((role) =>
    db()
      .select({ id: auditEvents.id })
      .from(auditEvents)
      .where(and(role, narrowed))
      .orderBy(...order)
      .limit(limit),
  );
  if (!by || !to || !toToken) throw new Error("An account is in three roles.");
  const found = unionAll(by, to, toToken);
  return db()
    .select()
    .from(auditEvents)
    .where(inArray(auditEvents.id, found))
    .orderBy(...order)
    .limit(limit);
}

/** At most `limit` entries with ids from `fromId` to `toId`, by ascending ids. */
export async function selectEventsBetween(fromId: number, toId: number, limit: number): Promise<AuditRow[]> {
  return db()
    .select()
    .from(auditEvents)
    .where(between(auditEvents.id, fromId, toId))
    .orderBy(auditEvents.id)
    .limit(limit);
}

/** An entry as the API shows it. */
export function presentEvent(row: AuditRow): AuditEvent {
  return {
    id: row.id,
    at: row.at.toISOString(),
    action: row.action,
    actor: unlessEmpty({ id: row.actorId, user_id: row.actorUserId, name: row.actorName }),
    token: unlessEmpty({ id: row.tokenId, name: row.tokenName }),
    target: unlessEmpty({ type: row.targetType, id: row.targetId, name: row.targetName }),
    before: row.before as AuditEvent["before"],
    after: row.after as AuditEvent["after"],
    ip: row.ip,
    user_agent: row.userAgent,
    request_id: row.requestId,
  };
}

function conditions({
  actor,
  token_id,
  action,
  target_type,
  target_id,
  since,
  until,
  ip,
  request_id,
}: AuditFilter) {
  return [
    actor &&
      (/^\d{1,15}$/.test(actor)
        ? eq(auditEvents.actorId, Number(actor))
        : eq(auditEvents.actorUserId, actor)),
    token_id === undefined ? undefined : eq(auditEvents.tokenId, token_id),
    action && eq(auditEvents.action, action),
    target_type && eq(auditEvents.targetType, target_type),
    target_id === undefined ? undefined : eq(auditEvents.targetId, target_id),
    since === undefined ? undefined : gte(auditEvents.at, new Date(since)),
    until === undefined ? undefined : lt(auditEvents.at, new Date(until)),
    ip === undefined ? undefined : eq(auditEvents.ip, ip),
    request_id === undefined ? undefined : eq(auditEvents.requestId, request_id),
  ].filter((condition) => condition !== "");
}

function beyond({ towards, at, id }: Cursor): SQL {
  const place = sql`(${auditEvents.at}, ${auditEvents.id})`;
  const from = sql`(${at.toISOString()}::timestamptz, ${id}::bigint)`;
  return towards === "older" ? sql`${place} < ${from}` : sql`${place} > ${from}`;
}

/** An account acts, is acted upon, and so are its tokens. */
async function rolesOf(account: number): Promise<(SQL | undefined)[]> {
  const owned = await db()
    .select({ id: tokens.id })
    .from(tokens)
    .where(eq(tokens.userId, account))
    .limit(mostTokens);
  return [
    eq(auditEvents.actorId, account),
    and(eq(auditEvents.targetType, "user"), eq(auditEvents.targetId, account)),
    and(
      eq(auditEvents.targetType, "token"),
      owned.length === 0
        ? sql`false`
        : inArray(
            auditEvents.targetId,
            owned.map(({ id }) => id),
          ),
    ),
  ];
}

function unlessEmpty<T extends object>(part: T): T | null {
  return Object.values(part).some((value) => value !== null) ? part : null;
}
