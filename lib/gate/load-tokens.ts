import type { Pool } from "pg";
import { publicTeamName, type Role, type UserType } from "@/db/enums";
import type { KnownToken } from "@/lib/gate/known-token";

/*
 * Each hash is looked up by itself, and its account by itself: one plan, by index, whatever the number of hashes. With
 * `= any ($1)` the planner expects many rows and reads whole tables for one.
 */
const text = `
  select t.hash, t.id, t.scim, t.created_at, t.expires_at, least(t.revoked_at, t.retires_at) as revoked_at,
         u.id as account_id, u.user_id, u.user_type, u.role, u.active, joined.teams, joined.team_ids
  from unnest($1::bytea[]) as asked (hash)
  cross join lateral (select * from tokens where tokens.hash = asked.hash limit 1) t
  cross join lateral (select * from users where users.id = t.user_id limit 1) u
  cross join lateral (
    select array_agg(n.name order by m.position) as teams, array_agg(n.id) as team_ids
    from team_members m join teams n on n.id = m.team_id where m.user_id = u.id
  ) joined`;

interface Row {
  hash: Buffer;
  id: string;
  scim: boolean;
  created_at: Date;
  expires_at: Date | null;
  revoked_at: Date | null;
  account_id: string;
  user_id: string;
  user_type: UserType;
  role: Role;
  active: boolean;
  /** Null for an account in no team but `Public`. */
  teams: string[] | null;
  team_ids: string[] | null;
}

/**
 * Reads tokens by their hashes, in one query.
 * @param prepared whether the connection may keep a prepared statement; a pooler in transaction mode may not
 * @returns what exists, keyed like the gate's memory (`keyOf`)
 */
export async function loadTokens(
  pool: Pool,
  hashes: readonly Buffer[],
  prepared: boolean,
  loadedAt: number,
): Promise<Map<string, KnownToken>> {
  const { rows } = await pool.query<Row>({
    text,
    values: [hashes],
    ...(prepared ? { name: "load tokens" } : {}),
  });
  return new Map(rows.map((row) => [keyOf(row.hash), knownToken(row, loadedAt)]));
}

/** A hash as a key: one character per byte. */
export function keyOf(hash: Buffer): string {
  return hash.toString("latin1");
}

function knownToken(row: Row, loadedAt: number): KnownToken {
  return {
    tokenId: Number(row.id),
    scim: row.scim,
    issuedAt: row.created_at.getTime(),
    expiresAt: row.expires_at?.getTime() ?? Number.POSITIVE_INFINITY,
    revokedAt: row.revoked_at?.getTime() ?? Number.POSITIVE_INFINITY,
    accountId: Number(row.account_id),
    userId: row.user_id,
    userType: row.user_type,
    role: row.role,
    active: row.active,
    teams: [publicTeamName, ...(row.teams ?? [])],
    teamIds: (row.team_ids ?? []).map(Number),
    loadedAt,
  };
}
