import type { Client } from "pg";

/** What lists are searched by for a part of it. */
const searched = [
  { table: "users", column: "search_key" },
  { table: "tokens", column: "name_key" },
];

/**
 * Indexes for the search by part of a name, where the database has PostgreSQL's own extension for them (`pg_trgm`; it
 * takes no superuser) or lets us have it. Without, the search reads whole tables: right, and slow from some 100,000 rows
 * on. So this isn't a migration, but asked again at each start.
 * @returns whether they are there
 */
export async function ensureSearchIndexes(client: Client): Promise<boolean> {
  try {
    await client.query("create extension if not exists pg_trgm");
    // Without the pending list, which each search would have to go through.
    for (const { table, column } of searched)
      await client.query(
        `create index if not exists ${table}_${column}_trigrams on ${table} using gin (${column} gin_trgm_ops) with (fastupdate = off)`,
      );
    return true;
  } catch (error) {
    if (refusals.has(error instanceof Error && "code" in error ? String(error.code) : "")) return false;
    throw error;
  }
}

/** The extension isn't there, isn't ours to install, or is somewhere we don't look. */
const refusals = new Set(["0A000", "58P01", "42501", "42704"]);
