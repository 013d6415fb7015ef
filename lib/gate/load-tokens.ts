import type { Pool } from "pg";
import { accountJson, type KnownAccount } from "@/lib/gate/known-account";
import type { KnownToken } from "@/lib/gate/known-token";

/*
 * Each hash is looked up by itself, and its account by itself: one plan, by index, whatever the number of hashes. With
 * `= any ($1)` the planner expects many rows and reads whole tables for one. What is the same for all tokens of an
 * account comes as one text, so that it need not be taken apart for each of them.
 */
const text = `
  select asked.place, t.id, t.scim, date_part('epoch', t.created_at), date_part('epoch', t.expires_at),
         date_part('epoch', least(t.revoked_at, t.retires_at)), u.id, ${accountJson}
  from unnest($1::bytea[]) with ordinality as asked (hash, place)
  cross join lateral (select * from tokens where tokens.hash = asked.hash limit 1) t
  cross join lateral (select * from users where users.id = t.user_id limit 1) u`;

/** Columns as PostgreSQL writes them. */
type Row = [
  place: string,
  tokenId: string,
  scim: "t" | "f",
  createdAt: string,
  expiresAt: string | null,
  endsAt: string | null,
  accountId: string,
  account: string,
];

const asWritten = { getTypeParser: () => (written: string) => written };

/**
 * Reads tokens by their hashes, in one query.
 * @param prepared whether the connection may keep a prepared statement; a pooler in transaction mode may not
 * @param accountOf the account that this text tells of (`readAccount`), or one that is known and the same
 * @returns a token for each hash, in their order; undefined where there is none
 */
export async function loadTokens(
  pool: Pool,
  hashes: readonly Buffer[],
  prepared: boolean,
  loadedAt: number,
  accountOf: (id: number, source: string) => KnownAccount,
): Promise<(KnownToken | undefined)[]> {
  const { rows } = await pool.query<Row>({
    text,
    values: [byteaArray(hashes)],
    rowMode: "array",
    types: asWritten,
    ...(prepared ? { name: "load tokens" } : {}),
  });
  const tokens = new Array<KnownToken | undefined>(hashes.length).fill(undefined);
  for (const [place, tokenId, scim, createdAt, expiresAt, endsAt, accountId, account] of rows)
    tokens[Number(place) - 1] = {
      tokenId: Number(tokenId),
      scim: scim === "t",
      issuedAt: moment(createdAt),
      expiresAt: moment(expiresAt),
      revokedAt: moment(endsAt),
      account: accountOf(Number(accountId), account),
      loadedAt,
    };
  return tokens;
}

/** Milliseconds, from seconds; never is Infinity. */
function moment(seconds: string | null): number {
  return seconds === null ? Number.POSITIVE_INFINITY : Math.round(Number(seconds) * 1000);
}

function byteaArray(hashes: readonly Buffer[]): string {
  return `{${hashes.map((hash) => `"\\\\x${hash.toString("hex")}"`).join()}}`;
}
