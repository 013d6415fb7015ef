import path from "node:path";
import { openPool, pool } from "@/db/client";
import { resolveDataDir } from "@/db/embedded/data-folder";
import { findRunningDatabase, startEmbeddedDatabase } from "@/db/embedded/database";
import { migrate } from "@/db/migrate";
import { setInstanceSecret } from "@/lib/access/secret";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { checkFingerprint, loadOrMakeSecret } from "@/server/instance-secret";
import { whenReachable } from "@/server/when-reachable";

/** An instance whose database is there, migrated and open to `db()`. */
export interface OpenInstance {
  /** For the gate, which opens connections of its own. */
  readonly databaseUrl: string;
  readonly secret: string;
  close(): Promise<void>;
}

type Report = (line: string) => void;

/**
 * Opens what `server/start.ts` and the commands work on: `DATABASE_URL`, or the embedded PostgreSQL in the data folder.
 * @param join use the embedded PostgreSQL of a Latchkey that runs, instead of being refused
 */
export async function openInstance(
  report: Report,
  { join = false }: { join?: boolean } = {},
): Promise<OpenInstance> {
  const { databaseUrl, secret } = env();
  const database = databaseUrl
    ? { url: databaseUrl, secret: secret ?? "", stop: async () => {} }
    : await openEmbedded(report, join);

  setInstanceSecret(database.secret);
  try {
    const { searchIsIndexed } = await whenReachable(() => migrate(database.url), report);
    if (!searchIsIndexed)
      log().warn(
        "the database offers no pg_trgm: searching by part of a name is slow with very many users or tokens",
      );
    openPool(database.url, (error) => log().warn({ error }, "an idle database connection was lost"));
    await whenReachable(checkFingerprint, report);
  } catch (error) {
    await database.stop();
    throw error;
  }
  return {
    databaseUrl: database.url,
    secret: database.secret,
    async close() {
      await pool().end();
      await database.stop();
    },
  };
}

async function openEmbedded(report: Report, join: boolean) {
  const { dataDir, reason } = await resolveDataDir(env().dataDir, process.cwd());
  if (reason) report(reason);
  const secret = env().secret ?? (await loadOrMakeSecret(path.resolve(dataDir)));
  const running = join ? await findRunningDatabase(dataDir) : undefined;
  if (running) return { url: running, secret, stop: async () => {} };
  report(`Starting PostgreSQL in ${path.join(dataDir, "postgres")} …`);
  const { url, stop } = await startEmbeddedDatabase({ dataDir, report });
  return { url, secret, stop };
}
