import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chown, mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import type { Binaries } from "@/db/embedded/binaries";
import { EmbeddedDatabaseError } from "@/db/embedded/errors";
import { bareEnvironment, type SystemUser } from "@/db/embedded/system-user";

const run = promisify(execFile);
const credentialsFile = "latchkey-credentials.json";

/** The passwords of a cluster's two roles: its superuser, and the role that Latchkey works as. */
export interface Credentials {
  superuser: string;
  application: string;
}

/** What `postmaster.pid` says. */
export interface PostmasterPid {
  pid: number;
  port: number;
}

/**
 * Makes the cluster in `folder` unless it is there. It is made under another name and renamed when it is whole, so a
 * process killed in the middle, or a second one at the same time, leaves no half of one.
 */
export async function ensureCluster(
  folder: string,
  binaries: Binaries,
  user: SystemUser | undefined,
  report: (line: string) => void,
): Promise<void> {
  if (await isCluster(folder)) return;
  report(`Initialising the database in ${folder} …`);
  const unfinished = await mkdtemp(`${folder}.new-`);
  if (user) await chown(unfinished, user.uid, user.gid);
  try {
    await initialise(unfinished, binaries, user);
    await rename(path.join(unfinished, "cluster"), folder).catch(async (error: unknown) => {
      if (!(await isCluster(folder))) throw error;
    });
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

/** The passwords kept with the cluster. */
export async function readCredentials(folder: string): Promise<Credentials> {
  try {
    return JSON.parse(await readFile(path.join(folder, credentialsFile), "utf8")) as Credentials;
  } catch {
    throw new EmbeddedDatabaseError(
      `${path.join(folder, credentialsFile)} can't be read: it belongs to the data in ${folder}.`,
    );
  }
}

/** Who runs, or ran, the cluster. */
export async function readPostmasterPid(folder: string): Promise<PostmasterPid | undefined> {
  const text = await readFile(path.join(folder, "postmaster.pid"), "utf8").catch(() => "");
  const lines = text.split("\n");
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  return Number.isInteger(pid) && pid > 0 && port > 0 ? { pid, port } : undefined;
}

/** Removes the trace of a postmaster that is gone, where another process has its pid now. */
export async function removePostmasterPid(folder: string): Promise<void> {
  await rm(path.join(folder, "postmaster.pid"), { force: true });
}

async function initialise(folder: string, binaries: Binaries, user: SystemUser | undefined): Promise<void> {
  const cluster = path.join(folder, "cluster");
  const credentials: Credentials = { superuser: password(), application: password() };
  const passwordFile = path.join(folder, "password");
  await writeFile(passwordFile, credentials.superuser, { mode: 0o600 });
  await mkdir(cluster, { mode: 0o700 });
  if (user) for (const made of [passwordFile, cluster]) await chown(made, user.uid, user.gid);

  const options = [
    ["--pgdata", cluster],
    ["--username", "postgres"],
    ["--pwfile", passwordFile],
    ["--auth", "scram-sha-256"],
    ["--encoding", "UTF8"],
    ["--locale-provider", "builtin"],
    ["--builtin-locale", "C.UTF-8"],
  ].flat();
  try {
    await run(binaries.initdb, [...options, "--no-locale", "--no-instructions"], {
      cwd: "/",
      env: bareEnvironment,
      ...(user ? { uid: user.uid, gid: user.gid } : {}),
    });
  } catch (error) {
    throw new EmbeddedDatabaseError(initdbFault(error));
  }
  await rm(passwordFile);
  await writeFile(path.join(cluster, credentialsFile), JSON.stringify(credentials), { mode: 0o600 });
}

function initdbFault(error: unknown): string {
  const { stderr = "", code } = error as { stderr?: string; code?: unknown };
  if (/shared librar|No such file/i.test(stderr) || code === "ENOENT" || code === 127)
    return "The embedded PostgreSQL can't run: its install script has not run. Install without --ignore-scripts, or set DATABASE_URL.";
  return `The embedded PostgreSQL could not be initialised: ${stderr.trim().split("\n").slice(-3).join(" ") || String(code)}`;
}

async function isCluster(folder: string): Promise<boolean> {
  return stat(path.join(folder, "PG_VERSION")).then(
    () => true,
    () => false,
  );
}

function password(): string {
  return randomBytes(24).toString("base64url");
}
