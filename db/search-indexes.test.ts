import { Client } from "pg";
import { afterEach, beforeEach, expect, it } from "vitest";
import { pool } from "@/db/client";
import { ensureSearchIndexes } from "@/db/search-indexes";
import { openTestInstance } from "@/e2e/database/instance";

openTestInstance();

let client: Client;
beforeEach(async () => {
  client = new Client({ connectionString: pool().options.connectionString });
  await client.connect();
});
afterEach(() => client.end());

const planOf = async (query: string): Promise<string> => {
  await client.query("set enable_seqscan = off");
  return JSON.stringify((await client.query(`explain ${query}`)).rows);
};

it("searches for part of a name by index, once a database offers it; any number of starts", async () => {
  expect(await ensureSearchIndexes(client)).toBe(true);
  expect(await ensureSearchIndexes(client)).toBe(true);
  expect(await planOf("select from users where search_key like '%lovelace%'")).toContain(
    "users_search_key_trigrams",
  );
  const { rows } = await client.query(
    "select indexname from pg_indexes where indexname like '%_trigrams' order by 1",
  );
  expect(rows.map(({ indexname }) => indexname)).toEqual([
    "tokens_name_key_trigrams",
    "users_search_key_trigrams",
  ]);
});

it("does without where the extension isn't ours to install", async () => {
  await client.query("drop extension pg_trgm cascade");
  const limited = `limited_${process.pid}`;
  await client.query(`create role ${limited}`);
  try {
    await client.query(`set role ${limited}`);
    expect(await ensureSearchIndexes(client)).toBe(false);
  } finally {
    await client.query(`reset role; drop role ${limited}`);
  }
  expect((await client.query("select from users where search_key like '%lovelace%'")).rowCount).toBe(0);
});
