import { and, eq, gt, isNotNull, isNull, lt, lte, or, type SQL, sql } from "drizzle-orm";
import { db } from "@/db/client";
import type { TokenStatus, TokenType } from "@/db/enums";
import { tokens, users } from "@/db/schema";
import { hasPermission, requirePermission } from "@/lib/access/permissions";
import type { Principal } from "@/lib/access/principal";
import { days, now } from "@/lib/clock";
import { Problem } from "@/lib/errors";
import type { Output } from "@/lib/http/endpoint";
import { contains } from "@/lib/http/search";
import type { listPersonalTokens, listServiceTokens, Token } from "@/lib/tokens/contract";
import { findTokenRow, presentToken, selectTokens } from "@/lib/tokens/rows";
import { expiringWithin } from "@/lib/tokens/status";
import { nameKey } from "@/lib/users/name";

type Query = Output<typeof listServiceTokens.query>;
type Page = Output<typeof listServiceTokens.answer>;

/** The principal's own Personal tokens, or everybody's (`owner=all`, Admin). */
export async function findPersonalTokens(
  principal: Principal,
  { owner, ...query }: Output<typeof listPersonalTokens.query>,
): Promise<Page> {
  if (owner === "all") requirePermission(principal, "tokens:manage");
  const mine = principal.user.id === null ? sql`false` : eq(tokens.userId, principal.user.id);
  return findPage("Personal", query, owner === "all" ? undefined : mine);
}

/** All Service tokens (Admin). */
export async function findServiceTokens(principal: Principal, query: Query): Promise<Page> {
  requirePermission(principal, "tokens:manage");
  return findPage("Service", query);
}

/**
 * Reads a token: its owner, or an Admin.
 * @throws Problem `not_found` (404), also for a token that the principal may not see
 */
export async function findToken(principal: Principal, id: number): Promise<Token> {
  const row = await findTokenRow(db(), eq(tokens.id, id));
  const allowed = row && (row.user.id === principal.user.id || hasPermission(principal, "tokens:manage"));
  if (!allowed) throw new Problem("not_found", `There is no token ${id}.`);
  return presentToken(row);
}

async function findPage(type: TokenType, query: Query, owned?: SQL): Promise<Page> {
  const condition = and(eq(tokens.type, type), owned, matching(query));
  const [rows, [counted]] = await Promise.all([
    selectTokens(db())
      .where(condition)
      .orderBy(...order(query.sort))
      .limit(query.size)
      .offset((query.page - 1) * query.size),
    db()
      .select({ total: sql<number>`count(*)`.mapWith(Number) })
      .from(tokens)
      .innerJoin(users, eq(users.id, tokens.userId))
      .where(condition),
  ]);
  return { items: rows.map(presentToken), total: counted?.total ?? 0, page: query.page, size: query.size };
}

function matching({ search, status, user_id, expires_before, unused_for_days }: Query): SQL | undefined {
  const text = search && nameKey(search.trim());
  return and(
    text ? or(contains(tokens.nameKey, text), contains(users.searchKey, text)) : undefined,
    status && hasStatus(status),
    user_id === undefined ? undefined : eq(tokens.userId, user_id),
    expires_before === undefined ? undefined : lt(tokens.expiresAt, new Date(expires_before)),
    unused_for_days === undefined ? undefined : quietSince(new Date(now().getTime() - days(unused_for_days))),
  );
}

/** The rule of lib/tokens/status.ts, in SQL; `active` includes `expiring`. */
function hasStatus(status: TokenStatus): SQL | undefined {
  const at = now();
  const soon = new Date(at.getTime() + expiringWithin);
  const revoked = and(isNotNull(tokens.revokedAt), lte(tokens.revokedAt, at));
  const living = or(isNull(tokens.revokedAt), gt(tokens.revokedAt, at));
  switch (status) {
    case "revoked":
      return revoked;
    case "expired":
      return and(living, lte(tokens.expiresAt, at));
    case "expiring":
      return and(living, gt(tokens.expiresAt, at), lte(tokens.expiresAt, soon));
    case "active":
      return and(living, or(isNull(tokens.expiresAt), gt(tokens.expiresAt, at)));
  }
}

/** Neither used nor made since. */
function quietSince(moment: Date): SQL | undefined {
  return and(lt(tokens.createdAt, moment), or(isNull(tokens.lastUsedAt), lt(tokens.lastUsedAt, moment)));
}

function order(sort: Query["sort"]): SQL[] {
  const column = {
    name: sql`${tokens.nameKey} collate "C"`,
    created_at: sql`${tokens.createdAt}`,
    expiration: sql`${tokens.expiresAt}`,
    last_used_at: sql`${tokens.lastUsedAt}`,
  }[sort.replace("-", "") as "name" | "created_at" | "expiration" | "last_used_at"];
  return sort.startsWith("-")
    ? [sql`${column} desc nulls last`, sql`${tokens.id} desc`]
    : [sql`${column} asc nulls last`, sql`${tokens.id} asc`];
}
