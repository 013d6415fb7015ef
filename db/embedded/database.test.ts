import { readdirSync, readFileSync, statSync } from "node:fs";
import { chmod, chown, mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Client } from "pg";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { resolveDataDir } from "@/db/embedded/data-folder";
import { type EmbeddedDatabase, findRunningDatabase, startEmbeddedDatabase } from "@/db/embedded/database";
import { databaseUser } from "@/db/embedded/system-user";

/*
 * The embedded PostgreSQL without a server around it. What takes a process that is killed is in e2e/start.spec.ts.
 */

const asRoot = process.getuid?.() === 0;
const folders: string[] = [];
const running = new Set<EmbeddedDatabase>();

afterEach(async () => {
  for (const database of running) await database.stop();
  running.clear();
});

afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

describe("the embedded database", () => {
  it("takes no superuser, and no connection without the password", async () => {
    const { url, superuserUrl } = await start(await newFolder());
    expect(
      await one(url, "select current_user as who, rolsuper from pg_roles where rolname = current_user"),
    ).toEqual({
      who: "latchkey",
      rolsuper: false,
    });
    const wrong = new URL(superuserUrl);
    wrong.password = "wrong";
    await expect(one(wrong.href, "select 1")).rejects.toThrow(/password authentication failed/);
  });

  it("listens on loopback only, in UTF-8, and writes to the disk before it says so", async () => {
    const { superuserUrl } = await start(await newFolder());
    const settings = await one(
      superuserUrl,
      `select current_setting('listen_addresses') as address, current_setting('unix_socket_directories') as sockets,
         current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit,
         current_setting('server_encoding') as encoding, lower('ÄÖ') as lower`,
    );
    expect(settings).toEqual({
      address: "127.0.0.1",
      sockets: "",
      fsync: "on",
      commit: "on",
      encoding: "UTF8",
      lower: "äö",
    });
  });

  it("keeps its folder and its passwords to itself", async () => {
    const dataDir = await newFolder();
    await start(dataDir);
    const cluster = await stat(path.join(dataDir, "postgres"));
    expect(cluster.mode & 0o777).toBe(0o700);
    if (asRoot) expect(cluster.uid).not.toBe(0);
    expect(readdirSync(dataDir).filter((name) => name.includes(".new-"))).toEqual([]);
    for (const file of privateFiles(dataDir)) expect(statSync(file).mode & 0o077, file).toBe(0);
  });

  it("keeps what was written over a stop and a start", async () => {
    const dataDir = await newFolder();
    const first = await start(dataDir);
    await one(first.url, "create table kept as select 42 as answer");
    await first.stop();
    const second = await start(dataDir);
    expect(await one(second.url, "select answer from kept")).toEqual({ answer: 42 });
  });

  it("is refused to a second one, with the folder and the owner's process", async () => {
    const dataDir = await newFolder();
    await start(dataDir);
    await expect(start(dataDir)).rejects.toThrow(new RegExp(`${dataDir}.*process ${process.pid}`));
  });

  it("is given to exactly one of two first starts at once", async () => {
    const dataDir = await newFolder();
    const outcomes = await Promise.allSettled([start(dataDir), start(dataDir)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("is found by others while it runs, and not after", async () => {
    const dataDir = await newFolder();
    const database = await start(dataDir);
    expect(await findRunningDatabase(dataDir)).toBe(database.url);
    await database.stop();
    expect(await findRunningDatabase(dataDir)).toBeUndefined();
  });

  it("comes back at the same address when its postmaster is killed", async () => {
    const dataDir = await newFolder();
    const database = await start(dataDir);
    await one(database.url, "create table kept as select 42 as answer");
    process.kill(postmasterIn(dataDir), "SIGKILL");
    await expect
      .poll(() => one(database.url, "select answer from kept").catch(() => undefined))
      .toEqual({
        answer: 42,
      });
  });

  it("leaves no process when it is stopped while it comes back", async () => {
    const dataDir = await newFolder();
    let tellsOfIt = (_: string) => {};
    const comesBack = new Promise((resolve) => {
      tellsOfIt = resolve;
    });
    const database = await start(dataDir, (line) => tellsOfIt(line));
    process.kill(postmasterIn(dataDir), "SIGKILL");
    await comesBack;
    await database.stop();
    await expect.poll(() => processesOn(dataDir)).toEqual([]);
  });

  it("starts where another process has the pid of a postmaster that is long gone", async () => {
    const dataDir = await newFolder();
    await (await start(dataDir)).stop();
    const file = path.join(dataDir, "postgres", "postmaster.pid");
    await writeFile(file, `${process.pid}\n${dataDir}/postgres\n1700000000\n5\n\n127.0.0.1\n\nready\n`);
    const { uid, gid } = await stat(path.join(dataDir, "postgres"));
    await chown(file, uid, gid);
    await start(dataDir);
  });

  it("starts where a first start was killed half-way", async () => {
    const dataDir = await newFolder();
    await mkdir(path.join(dataDir, "postgres.new-abandoned", "cluster"), { recursive: true });
    await start(dataDir);
  });

  it("gets none of our secrets with its environment", async () => {
    const dataDir = await newFolder();
    process.env.LATCHKEY_SECRET = "nothing that PostgreSQL need know";
    try {
      await start(dataDir);
    } finally {
      delete process.env.LATCHKEY_SECRET;
    }
    // The names alone: a failure prints what it compares.
    const variables = readFileSync(`/proc/${postmasterIn(dataDir)}/environ`, "utf8").split("\0");
    expect(variables.map((variable) => variable.split("=")[0])).not.toContain("LATCHKEY_SECRET");
  });

  it("logs neither statements nor the values in them", async () => {
    const dataDir = await newFolder();
    const { url } = await start(dataDir);
    await one(url, "create table people (email text unique)");
    await one(url, "insert into people values ('ada@example.com')");
    await expect(one(url, "insert into people values ('ada@example.com')")).rejects.toThrow(/duplicate key/);
    const log = await readFile(path.join(dataDir, "postgres.log"), "utf8");
    expect(log).toContain("duplicate key");
    expect(log).not.toContain("ada@example.com");
  });
});

describe("the data folder", () => {
  it("is the one that was asked for, from the working folder on", async () => {
    const clone = await newFolder();
    expect(await resolveDataDir("kept/here", clone)).toEqual({ dataDir: path.join(clone, "kept/here") });
  });

  it("is ./data where the database's user can go", async () => {
    const clone = await newFolder();
    expect(await resolveDataDir(undefined, clone)).toEqual({ dataDir: path.join(clone, "data") });
  });

  it.runIf(asRoot)("is outside of a clone that the database's user can't enter, and says why", async () => {
    const clone = await newFolder(0o700);
    const { dataDir, reason } = await resolveDataDir(undefined, clone);
    expect(dataDir).toMatch(/^\/var\/lib\/latchkey\/[0-9a-f]+$/);
    expect(reason).toContain(dataDir);
    expect((await resolveDataDir(undefined, clone)).dataDir).toBe(dataDir);
    folders.push(dataDir);
  });

  it.runIf(asRoot)(
    "is refused where the database's user can't go, naming DATA_DIR and the folder",
    async () => {
      const home = await newFolder(0o700);
      const dataDir = path.join(home, "data");
      await expect(start(dataDir)).rejects.toThrow(`DATA_DIR: got ${dataDir}`);
    },
  );

  it.each([
    ["in a place that takes none", "/proc/nowhere"],
    ["below a file", "/etc/hostname/data"],
    ["where a file is", "/etc/hostname"],
  ])("is refused %s, naming DATA_DIR", async (_, dataDir) => {
    await expect(resolveDataDir(dataDir, "/")).rejects.toThrow(`DATA_DIR: got ${dataDir}, takes`);
  });

  it("is for the database's user to pass through at most, under a strict umask too", async () => {
    const clone = await newFolder();
    const umask = process.umask(0o077);
    try {
      const { dataDir } = await resolveDataDir("kept/here", clone);
      expect((await stat(dataDir)).mode & 0o777).toBe(asRoot ? 0o711 : 0o700);
      await start(dataDir);
    } finally {
      process.umask(umask);
    }
  });

  it("that was there keeps who may look into it", async () => {
    const dataDir = await newFolder(asRoot ? 0o711 : 0o700);
    const { mode } = await stat(dataDir);
    await start(dataDir);
    expect((await stat(dataDir)).mode).toBe(mode);
  });

  it.runIf(asRoot)("whose database another user made goes on as that user", async () => {
    const dataDir = await newFolder();
    await start(dataDir).then(({ stop }) => stop());
    await giveTo(nobody, dataDir);
    await start(dataDir);
    const status = await readFile(`/proc/${postmasterIn(dataDir)}/status`, "utf8");
    expect(status).toMatch(new RegExp(`^Uid:\\s+${nobody}\\b`, "m"));
  });
});

describe("the database's own user", () => {
  it.runIf(!asRoot)("is ourselves", async () => {
    expect(await databaseUser()).toBeUndefined();
  });

  it.runIf(asRoot)("is not root", async () => {
    expect((await databaseUser())?.uid).toBeGreaterThan(0);
  });
});

const nobody = 65_534;

async function start(dataDir: string, report = (_: string) => {}): Promise<EmbeddedDatabase> {
  const database = await startEmbeddedDatabase({ dataDir, report });
  running.add(database);
  return database;
}

async function newFolder(mode = 0o755): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "latchkey-embedded-"));
  folders.push(folder);
  await chmod(folder, mode);
  return folder;
}

async function one(url: string, statement: string): Promise<Record<string, unknown> | undefined> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 20_000 });
  // A connection that is cut tells it by the query that breaks.
  client.on("error", () => {});
  await client.connect();
  try {
    return (await client.query(statement)).rows[0];
  } finally {
    await client.end();
  }
}

function postmasterIn(dataDir: string): number {
  return Number(readFileSync(path.join(dataDir, "postgres", "postmaster.pid"), "utf8").split("\n")[0]);
}

function processesOn(dataDir: string): string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => commandOf(pid).includes(dataDir));
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}

function privateFiles(dataDir: string): string[] {
  return readdirSync(path.join(dataDir, "postgres"))
    .filter((name) => /credentials|password/.test(name))
    .map((name) => path.join(dataDir, "postgres", name));
}

async function giveTo(uid: number, folder: string): Promise<void> {
  for (const entry of ["", ...readdirSync(folder, { recursive: true, encoding: "utf8" })])
    await chown(path.join(folder, entry), uid, uid);
}
