import path from "node:path";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate as applyMigrations } from "drizzle-orm/node-postgres/migrator";
import { Client } from "pg";
import { ensureSearchIndexes } from "@/db/search-indexes";

/** Two instances may start at once; the one that comes second waits here. */
const migrationLock = 7_135_001;

/**
 * Brings the database at `url` up to this version's schema. The migrations are read from `db/migrations` below the
 * working folder. Safe to call from several instances at once.
 * @returns whether the search by part of a name has its indexes: not every database offers them
 */
export async function migrate(url: string): Promise<{ searchIsIndexed: boolean }> {
  const client = new Client({
    connectionString: url,
    application_name: "latchkey migrate",
    connectionTimeoutMillis: 10_000,
  });
  await client.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [migrationLock]);
    await applyMigrations(drizzle(client), { migrationsFolder: path.resolve("db/migrations") });
    return { searchIsIndexed: await ensureSearchIndexes(client) };
  } finally {
    await client.end();
  }
}
