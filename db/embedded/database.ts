import type { ChildProcess } from "node:child_process";
import { readFile, realpath } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Client, escapeLiteral } from "pg";
import { findBinaries } from "@/db/embedded/binaries";
import {
  type Credentials,
  ensureCluster,
  readCredentials,
  readPostmasterPid,
  removePostmasterPid,
} from "@/db/embedded/cluster-files";
import { makeDataFolder } from "@/db/embedded/data-folder";
import { EmbeddedDatabaseError } from "@/db/embedded/errors";
import { isAlive, livingOwner } from "@/db/embedded/owner";
import {
  askToEnd,
  freePort,
  lastLines,
  type PostmasterOptions,
  spawnPostmaster,
  stopPostmaster,
} from "@/db/embedded/postmaster";
import { canEnter, databaseUser } from "@/db/embedded/system-user";

const name = "latchkey";
const startPatienceMs = 30_000;
const longestBackOffMs = 5_000;

/** A PostgreSQL that runs for this process. */
export interface EmbeddedDatabase {
  /** As the role that owns Latchkey's database, and nothing else. */
  readonly url: string;
  /** As the cluster's superuser; for tests, which make databases. */
  readonly superuserUrl: string;
  stop(): Promise<void>;
}

type Report = (line: string) => void;

/**
 * Starts PostgreSQL on the data in `dataDir`, and keeps it running: a postmaster that dies is started again on the same
 * port. One that a killed Latchkey left behind is stopped first.
 * @throws EmbeddedDatabaseError when another Latchkey works on this folder, or PostgreSQL doesn't start
 */
export async function startEmbeddedDatabase({
  dataDir,
  report,
}: {
  dataDir: string;
  report: Report;
}): Promise<EmbeddedDatabase> {
  const folder = folderIn(dataDir);
  const user = await databaseUser(folder);
  await makeDataFolder(dataDir, user);
  if (!canEnter(user, dataDir))
    throw new EmbeddedDatabaseError(
      `DATA_DIR: got ${dataDir}, which the database's user "${user?.name}" can't reach; takes a folder like /var/lib/latchkey.`,
    );
  const binaries = await findBinaries(dataDir, user, report);
  await ensureCluster(folder, binaries, user, report);

  const credentials = await readCredentials(folder);
  const options = {
    binaries,
    folder,
    logFile: path.join(dataDir, "postgres.log"),
    user,
    port: await freePort(),
  };
  const postmaster = new Postmaster(options, credentials, report);
  await postmaster.start();
  try {
    await ensureDatabase(superuserUrl(postmaster.port, credentials), credentials);
  } catch (error) {
    await postmaster.stop();
    throw error;
  }
  return {
    url: applicationUrl(postmaster.port, credentials),
    superuserUrl: superuserUrl(postmaster.port, credentials),
    stop: () => postmaster.stop(),
  };
}

/** The address of the database that a running Latchkey keeps in `dataDir`, if one does. */
export async function findRunningDatabase(dataDir: string): Promise<string | undefined> {
  const folder = folderIn(dataDir);
  const running = await readPostmasterPid(folder);
  if (!running || !isAlive(running.pid)) return undefined;
  const credentials = await readCredentials(folder);
  const owner = await ownerOf(superuserUrl(running.port, credentials)).catch(() => undefined);
  return owner && livingOwner(owner) ? applicationUrl(running.port, credentials) : undefined;
}

class Postmaster {
  private child: ChildProcess | undefined;
  private restarting: Promise<void> | undefined;
  private stopping = false;
  /** However this process ends, short of kill -9, its database ends too. */
  private readonly endWithUs = () => {
    if (this.child?.pid !== undefined) askToEnd(this.child.pid);
  };

  constructor(
    private readonly options: PostmasterOptions,
    private readonly credentials: Credentials,
    private readonly report: Report,
  ) {}

  get port(): number {
    return this.options.port;
  }

  /** Settles when PostgreSQL takes connections. */
  async start(): Promise<void> {
    const deadline = Date.now() + startPatienceMs;
    for (;;) {
      await this.clearTheFolder(deadline);
      const child = spawnPostmaster(this.options);
      if (await this.becomesReady(child, deadline)) {
        this.child = child;
        process.once("exit", this.endWithUs);
        child.once("exit", () => {
          this.child = undefined;
          process.off("exit", this.endWithUs);
          this.restarting = this.restart();
        });
        return;
      }
      const log = lastLines(this.options.logFile);
      if (this.stopping || Date.now() > deadline || !isPassing(log))
        throw new EmbeddedDatabaseError(
          `The embedded PostgreSQL does not start (${this.options.logFile}):\n${log}`,
        );
      if (/Address already in use|could not bind/.test(log) && !this.restarting)
        this.options.port = await freePort();
      await pause(200);
    }
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.restarting;
    if (this.child?.pid !== undefined) await stopPostmaster(this.child.pid);
  }

  private async restart(): Promise<void> {
    for (let wait = 100; !this.stopping; wait = Math.min(wait * 2, longestBackOffMs)) {
      this.report("PostgreSQL ended unexpectedly; starting it again …");
      try {
        return await this.start();
      } catch (error) {
        if (this.stopping) return;
        this.report(error instanceof Error ? error.message : String(error));
        await pause(wait);
      }
    }
  }

  private async becomesReady(child: ChildProcess, deadline: number): Promise<boolean> {
    let ended = false;
    child.once("exit", () => {
      ended = true;
    });
    child.once("error", () => {
      ended = true;
    });
    while (!ended && !this.stopping && Date.now() < deadline) {
      if (await answers(superuserUrl(this.port, this.credentials))) return !ended;
      await pause(25);
    }
    if (!ended && child.pid !== undefined) await stopPostmaster(child.pid);
    return false;
  }

  /** Refuses when a living Latchkey uses the folder; stops a postmaster that outlived its Latchkey. */
  private async clearTheFolder(deadline: number): Promise<void> {
    const { folder } = this.options;
    while (Date.now() < deadline) {
      const running = await readPostmasterPid(folder);
      if (!running || !isAlive(running.pid)) return;
      const owner = await ownerOf(superuserUrl(running.port, this.credentials)).catch(() => undefined);
      const living = owner === undefined ? undefined : livingOwner(owner);
      if (living !== undefined)
        throw new EmbeddedDatabaseError(
          `DATA_DIR: got ${path.dirname(folder)}, which another Latchkey uses (process ${living}); stop that one or take another folder.`,
        );
      if (owner !== undefined) {
        this.report("Stopping the PostgreSQL that an earlier Latchkey left behind …");
        await stopPostmaster(running.pid);
      } else if (!(await worksOn(folder, running.pid))) {
        await removePostmasterPid(folder);
      } else {
        // It is starting or stopping.
        await pause(100);
      }
    }
  }
}

/** Makes the role and the database that Latchkey works with, unless they are there. */
async function ensureDatabase(url: string, { application }: Credentials): Promise<void> {
  await asSuperuser(url, async (client) => {
    const roles = await client.query("select 1 from pg_roles where rolname = $1", [name]);
    const verb = roles.rowCount === 0 ? "create" : "alter";
    await client.query(`${verb} role ${name} login nosuperuser password ${escapeLiteral(application)}`);
    const databases = await client.query("select 1 from pg_database where datname = $1", [name]);
    if (databases.rowCount === 0) await client.query(`create database ${name} owner ${name}`);
  });
}

async function ownerOf(url: string): Promise<string> {
  return asSuperuser(url, async (client) => {
    const { rows } = await client.query<{ cluster_name: string }>("show cluster_name");
    return rows[0]?.cluster_name ?? "";
  });
}

async function answers(url: string): Promise<boolean> {
  return asSuperuser(url, () => Promise.resolve(true)).catch(() => false);
}

async function asSuperuser<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on("error", () => {
    // Told by the query that it breaks.
  });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Whether that process is this cluster's postmaster, where it can be known; pids come round again. */
async function worksOn(folder: string, pid: number): Promise<boolean> {
  if (process.platform !== "linux") return true;
  const words = (await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")).split("\0");
  const cluster = words[words.indexOf("-D") + 1] ?? "";
  return path.isAbsolute(cluster) && (await realpath(cluster).catch(() => "")) === (await realpath(folder));
}

/** What passes by itself: another start that came first, or the remains of a killed postmaster. */
function isPassing(log: string): boolean {
  return /lock file|shared memory block|Address already in use|could not bind|is being used by|starting up|shutting down/i.test(
    log,
  );
}

function folderIn(dataDir: string): string {
  return path.join(path.resolve(dataDir), "postgres");
}

function applicationUrl(port: number, { application }: Credentials): string {
  return `postgresql://${name}:${application}@127.0.0.1:${port}/${name}`;
}

function superuserUrl(port: number, { superuser }: Credentials): string {
  return `postgresql://postgres:${superuser}@127.0.0.1:${port}/postgres`;
}
