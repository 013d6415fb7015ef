import { writeFile } from "node:fs/promises";
import path from "node:path";
import { connect, type Setting } from "@/bench/setting";
import { hashToken, mintToken } from "@/lib/tokens/format";

const accounts = 1_000;
const tokensAtOnce = 10_000;

/** Makes that many Service tokens. */
export async function makeTokens({ database }: Setting, count: number): Promise<string[]> {
  const tokens = Array.from({ length: count }, () => mintToken("svc"));
  await seedTokens(database.url, tokens);
  return tokens;
}

/** Writes tokens to a file, a line each, for the load generator. */
export async function writeTokens({ folder }: Setting, tokens: readonly string[]): Promise<string> {
  const file = path.join(folder, "tokens.txt");
  await writeFile(file, `${tokens.join("\n")}\n`, { mode: 0o600 });
  return file;
}

/** A thousand accounts in a few teams, and a row for each of the tokens. */
export async function seedTokens(url: string, tokens: readonly string[]): Promise<void> {
  const client = await connect(url);
  try {
    await client.query(
      `insert into users (user_id, user_id_key, name, user_type, role, search_key, created_at, updated_at)
       select 'account_' || n || '@service', 'account_' || n || '@service', 'Account ' || n, 'Service', 'Editor', 'account ' || n, now(), now()
       from generate_series(1, $1::int) n`,
      [accounts],
    );
    await client.query(
      "insert into teams (name, name_key, created_at, updated_at) select 'Team ' || n, 'team ' || n, now(), now() from generate_series(1, 10) n",
    );
    await client.query(
      `insert into team_members (user_id, team_id, position)
       select u.id, t.id, 0 from users u join teams t on t.name_key = 'team ' || (u.id % 10 + 1)`,
    );
    for (let from = 0; from < tokens.length; from += tokensAtOnce) {
      const part = tokens.slice(from, from + tokensAtOnce);
      await client.query(
        `insert into tokens (user_id, type, name, name_key, hash, last_four, created_at, expires_at)
         select (select min(id) from users) + n % $3, 'Service', 'token ' || ($2 + n), 'token ' || ($2 + n), hash, 'abcd', now(), now() + interval '90 days'
         from unnest($1::bytea[]) with ordinality as given (hash, n)`,
        [part.map(hashToken), from, accounts],
      );
    }
    await client.query("analyze");
  } finally {
    await client.end();
  }
}
