import type { ChildProcess } from "node:child_process";
import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Client, Pool } from "pg";
import { end } from "@/bench/processes";
import { type EmbeddedDatabase, startEmbeddedDatabase } from "@/db/embedded/database";
import { migrate } from "@/db/migrate";
import { setInstanceSecret } from "@/lib/access/secret";

/** What a benchmark runs on: a migrated database of its own, and what it starts beside it. */
export interface Setting {
  database: EmbeddedDatabase;
  folder: string;
  /** Takes charge of a process: it ends with the benchmark, however that comes about. */
  adopt<Process extends ChildProcess>(child: Process): Process;
}

export const secret = "the secret of the benchmark, 32 bytes and more";

/**
 * Runs a benchmark. However it ends, by Ctrl-C too, nothing of it goes on or stays behind.
 * @param keptIn a folder of the user's, whose database is found again the next time
 * @throws what `run` throws, and when it is stopped
 */
export async function inSetting(run: (setting: Setting) => Promise<void>, keptIn?: string): Promise<void> {
  const stopped = untilStopped();
  const cleanUps: (() => Promise<unknown>)[] = [];
  try {
    const folder = await openFolder(keptIn);
    if (keptIn === undefined) cleanUps.push(() => rm(folder, { recursive: true, force: true }));
    const database = await startEmbeddedDatabase({ dataDir: folder, report: () => {} });
    cleanUps.push(() => database.stop());
    const adopt = <Process extends ChildProcess>(child: Process) => {
      cleanUps.push(() => end(child));
      return child;
    };
    setInstanceSecret(secret);
    await Promise.race([stopped, migrate(database.url).then(() => run({ database, folder, adopt }))]);
  } finally {
    for (const cleanUp of cleanUps.reverse()) await cleanUp();
  }
}

/** A connection that may lose its database when the benchmark is stopped: the query under way says so. */
export async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  return client;
}

/** Several such connections. */
export function openPool(url: string, max: number): Pool {
  const pool = new Pool({ connectionString: url, max });
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  return pool;
}

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Rejects when somebody wants it to end. Ctrl-C may come twice, from the terminal and from npm: once is enough. */
function untilStopped(): Promise<never> {
  const stopped = new Promise<never>((_, reject) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const)
      process.on(signal, () => reject(new Error(`Stopped by ${signal}.`)));
  });
  // While the database starts nobody waits for it yet. Later, what is under way loses its servers: that is no news.
  stopped.catch(() => process.on("unhandledRejection", () => {}));
  return stopped;
}

/** Where the database's own user can go. */
async function openFolder(keptIn: string | undefined): Promise<string> {
  const folder = keptIn ?? (await mkdtemp(path.join(tmpdir(), "latchkey-bench-")));
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o755);
  return folder;
}
