import { execFile, spawnSync } from "node:child_process";
import { stat } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { EmbeddedDatabaseError } from "@/db/embedded/errors";

const run = promisify(execFile);

/** Who PostgreSQL runs as, where we may not run it ourselves. */
export interface SystemUser {
  name: string;
  uid: number;
  gid: number;
}

const ownName = "latchkey";

/** For PostgreSQL's programs: none of our secrets, and no PG* variable that would change what they do. */
export const bareEnvironment = {
  PATH: "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
  LC_ALL: "C",
  // Nothing to PostgreSQL; the type of an environment has it.
  NODE_ENV: process.env.NODE_ENV,
};

/**
 * PostgreSQL refuses to run as root; as root, it gets the user whose the cluster in `folder` is, or else a system user
 * of its own, made where it is missing. Undefined for everybody else, who run it as themselves.
 */
export async function databaseUser(folder?: string): Promise<SystemUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const owner = folder && (await ownerOf(folder));
  if (owner && owner.uid !== 0) return owner;
  const existing = await lookUp(ownName);
  if (existing) return existing;
  try {
    await run("useradd", [
      "--system",
      "--no-create-home",
      "--home-dir",
      "/nonexistent",
      "--shell",
      "/usr/sbin/nologin",
      ownName,
    ]);
  } catch (error) {
    // Another start may be making it at this moment; and a machine without useradd may have another user that will do.
    const other = (await lookUpPatiently(ownName)) ?? (await lookUp("postgres"));
    if (other) return other;
    throw new EmbeddedDatabaseError(
      `As root, the embedded PostgreSQL needs a system user "${ownName}", which could not be made (${String(error).split("\n")[0]}). Make it, start as another user, or set DATABASE_URL.`,
    );
  }
  const made = await lookUp(ownName);
  if (!made) throw new EmbeddedDatabaseError(`The system user "${ownName}" was made, but can't be found.`);
  return made;
}

/** Whether that user can enter this folder, asked as that user: parents, groups and ACLs all have a say. */
export function canEnter(user: SystemUser | undefined, folder: string): boolean {
  if (!user) return true;
  const asked = spawnSync("/bin/sh", ["-c", 'cd -- "$1"', "sh", folder], {
    uid: user.uid,
    gid: user.gid,
    cwd: "/",
    stdio: "ignore",
  });
  return asked.status === 0;
}

/** Whose `folder` is; nobody's while it isn't there. */
async function ownerOf(folder: string): Promise<SystemUser | undefined> {
  const found = await stat(folder).catch(() => undefined);
  return found && { name: `user ${found.uid}`, uid: found.uid, gid: found.gid };
}

async function lookUpPatiently(name: string): Promise<SystemUser | undefined> {
  for (let tries = 0; tries < 10; tries++) {
    const user = await lookUp(name);
    if (user) return user;
    await pause(100);
  }
  return undefined;
}

async function lookUp(name: string): Promise<SystemUser | undefined> {
  try {
    const [uid, gid] = await Promise.all([run("id", ["-u", name]), run("id", ["-g", name])]);
    return { name, uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}
