import { and, asc, desc, eq, inArray, isNotNull, isNull, lt, lte, not, or, type SQL, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { countAbout } from "@/db/count-about";
import { type ListOrder, readPage, readSearchedPage, type Steps, type Stretch } from "@/db/list-page";
import { tokenRecency, tokens, users } from "@/db/schema";
import { hasPermission, requirePermission } from "@/lib/access/permissions";
import type { Principal } from "@/lib/access/principal";
import { days, now } from "@/lib/clock";
import { Problem } from "@/lib/errors";
import type { Output } from "@/lib/http/endpoint";
import { contains } from "@/lib/http/search";
import {
  hasStatus,
  isNeverUsed,
  isNot,
  isQuietSince,
  isRotating,
  isStillCalled,
} from "@/lib/tokens/conditions";
import type { listServiceTokens, listTokens, summarizeTokens, Token } from "@/lib/tokens/contract";
import { findTokenRow, presentToken, selectTokens } from "@/lib/tokens/rows";
import { nameKey } from "@/lib/users/name";

type Query = Output<typeof listServiceTokens.query>;
type Page = Output<typeof listServiceTokens.answer>;
type Scope = Output<typeof summarizeTokens.query>;

/** The principal's own tokens, or everybody's (`owner=all`, Admin), of one type or both. */
export async function findTokens(
  principal: Principal,
  query: Output<typeof listTokens.query>,
): Promise<Page> {
  const isOfAll = query.owner === "all" && query.user_id === undefined;
  return findPage(within(principal, query), query, isOfAll ? query.type : undefined);
}

/** All Service tokens (Admin). */
export async function findServiceTokens(principal: Principal, query: Query): Promise<Page> {
  requirePermission(principal, "tokens:manage");
  return findPage(eq(tokens.type, "Service"), query, "Service");
}

/** How many tokens want attention: what the list counts under `status=expiring`, `still_called` and `never_used`. */
export async function countTokens(
  principal: Principal,
  query: Scope,
): Promise<Output<typeof summarizeTokens.answer>> {
  const scope = within(principal, query);
  // Each by itself, for an index of its own; above 10,000 an estimate, as the list's own total.
  const [expiring, still_called, never_used] = await Promise.all(
    [hasStatus("expiring"), isStillCalled(), isNeverUsed()].map((condition) =>
      countAbout(sql`select from ${tokens} where ${and(scope, condition)}`),
    ),
  );
  return {
    expiring: expiring?.total ?? 0,
    still_called: still_called?.total ?? 0,
    never_used: never_used?.total ?? 0,
  };
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

/** @throws Problem `forbidden` (403) for everybody's tokens without the Admin role */
function within(principal: Principal, { owner, type, user_id }: Scope): SQL | undefined {
  if (owner === "all") requirePermission(principal, "tokens:manage");
  const mine = principal.user.id === null ? sql`false` : eq(tokens.userId, principal.user.id);
  return and(
    owner === "me" ? mine : undefined,
    type === "All" ? undefined : eq(tokens.type, type),
    user_id === undefined ? undefined : eq(tokens.userId, user_id),
  );
}

/** @param everyOne where the scope is nobody's in particular: all there are, or all of a type */
async function findPage(
  scope: SQL | undefined,
  query: Query,
  everyOne: Scope["type"] | undefined,
): Promise<Page> {
  const wanted = matching(query);
  const filters = and(scope, wanted);
  const page = {
    table: tokens,
    order: order(query, wanted || query.search ? undefined : everyOne),
    ...query,
  };
  const { ids, total, isEstimate } = await (query.search
    ? readSearchedPage({ ...page, ...searched(nameKey(query.search.trim()), filters) })
    : readPage({ ...page, condition: filters }));
  const items = await readTokens(ids);
  return { items, total, page: query.page, size: query.size, total_is_estimate: isEstimate };
}

/** By its own name or by its account's. Each has an index; one condition over both would read every token. */
function searched(text: string, filters: SQL | undefined) {
  const inName = contains(tokens.nameKey, text);
  const inAccount = contains(users.searchKey, text);
  const ordered = sql`${tokens.id}, ${tokens.nameKey}, ${tokens.createdAt}, ${tokens.expiresAt}, ${tokens.lastUsedAt}`;
  const belongs = eq(tokens.userId, users.id);
  return {
    from: sql`${tokens} join ${users} on ${belongs}`,
    condition: and(filters, or(inName, inAccount)),
    matches: sql`
      select ${ordered} from ${tokens} where ${and(filters, inName)}
      union all
      select ${ordered} from ${users} join ${tokens} on ${belongs}
      where ${and(filters, inAccount, not(inName))}`,
  };
}

/** The tokens of these ids, in this order. */
async function readTokens(ids: readonly number[]): Promise<Token[]> {
  if (ids.length === 0) return [];
  const rows = await selectTokens(db()).where(inArray(tokens.id, [...ids]));
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    return row ? [presentToken(row)] : [];
  });
}

function matching(query: Query): SQL | undefined {
  const { status, user_id, expires_before, unused_for_days } = query;
  const { still_called, never_used, rotating } = query;
  return and(
    status && hasStatus(status),
    still_called === undefined ? undefined : isOrNot(isStillCalled(), still_called),
    never_used === undefined ? undefined : isOrNot(isNeverUsed(), never_used),
    rotating === undefined ? undefined : isOrNot(isRotating(), rotating),
    user_id === undefined ? undefined : eq(tokens.userId, user_id),
    expires_before === undefined ? undefined : lt(tokens.expiresAt, new Date(expires_before)),
    unused_for_days === undefined ? undefined : isQuietSince(daysAgo(unused_for_days)),
  );
}

function daysAgo(count: number): Date {
  return new Date(now().getTime() - days(count));
}

function isOrNot(condition: SQL, wanted: boolean): SQL {
  return wanted ? condition : isNot(condition);
}

/** As the indexes have it (db/schema.ts), from one end or the other; what has no such date comes last either way. */
function order(query: Query, everyOne: Scope["type"] | undefined): ListOrder {
  switch (query.sort) {
    case "name":
      return { by: [asc(sortedName), asc(tokens.id)] };
    case "-name":
      return { by: [desc(sortedName), desc(tokens.id)] };
    case "created_at":
      return { by: [asc(tokens.createdAt), asc(tokens.id)] };
    case "-created_at":
      return { by: [desc(tokens.createdAt), desc(tokens.id)] };
    case "expiration":
      return { by: [sql`${tokens.expiresAt} asc nulls last`, asc(tokens.id)] };
    case "-expiration":
      return {
        by: [sql`${tokens.expiresAt} desc nulls last`, desc(tokens.id)],
        stretches: [isNotNull(tokens.expiresAt), isNull(tokens.expiresAt)].map((condition) => ({
          condition,
          by: [desc(tokens.expiresAt), desc(tokens.id)],
        })),
      };
    case "last_used_at":
      return byLastUse("asc", query, everyOne);
    case "-last_used_at":
      return byLastUse("desc", query, everyOne);
  }
}

/** In the steps of `token_recency`, and within each by the moment itself. Steps that can't match are left out. */
function byLastUse(
  direction: "asc" | "desc",
  { never_used, unused_for_days }: Pick<Query, "never_used" | "unused_for_days">,
  everyOne: Scope["type"] | undefined,
): ListOrder {
  const way = direction === "asc" ? asc : desc;
  const steps: Steps = {
    table: tokenRecency,
    condition: everyOne && everyOne !== "All" ? eq(tokenRecency.type, everyOne) : undefined,
    step: tokenRecency.usedAround,
    way: direction,
  };
  const used: Stretch = {
    along: sql`join ${tokenRecency}
      on ${and(eq(tokenRecency.tokenId, tokens.id), eq(tokenRecency.type, tokens.type))}`,
    condition:
      unused_for_days === undefined ? undefined : lte(tokenRecency.usedAround, daysAgo(unused_for_days)),
    by: [way(tokenRecency.usedAround), way(tokens.lastUsedAt), way(tokens.id)],
    steps: everyOne && steps,
  };
  const unused: Stretch = { condition: isNull(tokens.lastUsedAt), by: [way(tokens.id)] };
  return {
    by: [sql`${way(tokens.lastUsedAt)} nulls last`, way(tokens.id)],
    stretches: never_used ? [unused] : [used, unused],
  };
}

const sortedName = sql`${tokens.nameKey} collate "C"`;
