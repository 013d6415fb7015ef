import { eq, getTableColumns, type SQL } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Database } from "@/db/client";
import { tokens, users } from "@/db/schema";
import { now } from "@/lib/clock";
import { isoSeconds, isoSecondsOrNull } from "@/lib/http/timestamps";
import type { Token } from "@/lib/tokens/contract";
import type { TokenKind } from "@/lib/tokens/format";
import { isActive, isStillCalled, stopsAt, tokenStatus } from "@/lib/tokens/status";

const creator = alias(users, "creator");
const predecessor = alias(tokens, "predecessor");
const successor = alias(tokens, "successor");
const { hash: _secret, ...shownColumns } = getTableColumns(tokens);

/** Tokens with their account, who created them, and the tokens they replace or are replaced by, without the hash; narrow it with `.where`, order and page it. */
export function selectTokens(source: Database) {
  return source
    .select({
      ...shownColumns,
      user: { id: users.id, userId: users.userId, name: users.name, userType: users.userType },
      creator: { id: creator.id, userId: creator.userId, name: creator.name },
      replaces: { id: predecessor.id, name: predecessor.name },
      replacedBy: { id: successor.id, name: successor.name },
    })
    .from(tokens)
    .innerJoin(users, eq(users.id, tokens.userId))
    .leftJoin(creator, eq(creator.id, tokens.createdById))
    .leftJoin(predecessor, eq(predecessor.id, tokens.replacesId))
    .leftJoin(successor, eq(successor.replacesId, tokens.id))
    .$dynamic();
}

export type TokenRow = Awaited<ReturnType<typeof selectTokens>>[number];

/** The one token that `condition` finds. */
export async function findTokenRow(source: Database, condition: SQL): Promise<TokenRow | undefined> {
  const [row] = await selectTokens(source).where(condition).limit(1);
  return row;
}

/** A token as the API shows it. */
export function presentToken(row: TokenRow): Token {
  const status = tokenStatus(row, now());
  const revokedAt = status === "revoked" ? stopsAt(row) : null;
  return {
    id: row.id,
    name: row.name,
    active: isActive(status),
    expiration: isoSecondsOrNull(row.expiresAt),
    user: { id: row.user.id, user_id: row.user.userId, name: row.user.name, user_type: row.user.userType },
    type: row.type,
    status,
    scim: row.scim,
    hint: `lk_${kindOf(row)}_…${row.lastFour}`,
    created_at: isoSeconds(row.createdAt),
    created_by: row.creator && { id: row.creator.id, user_id: row.creator.userId, name: row.creator.name },
    last_used_at: isoSecondsOrNull(row.lastUsedAt),
    last_used_ip: row.lastUsedIp,
    last_used_user_agent: row.lastUsedUserAgent,
    revoked_at: isoSecondsOrNull(revokedAt),
    revoked_reason: revokedAt && (revokedAt === row.revokedAt ? "revoked" : "rotated"),
    retires_at: isoSecondsOrNull(row.retiresAt),
    replaces: row.replaces,
    replaced_by: row.replacedBy,
    refused_count: row.refusedCount,
    last_refused_at: isoSecondsOrNull(row.lastRefusedAt),
    last_refused_ip: row.lastRefusedIp,
    last_refused_user_agent: row.lastRefusedUserAgent,
    still_called: isStillCalled(row, now()),
  };
}

/** Which prefix a token of this type carries. */
export function kindOf(token: Pick<TokenRow, "type" | "scim">): TokenKind {
  if (token.scim) return "scim";
  return token.type === "Service" ? "svc" : "pat";
}
