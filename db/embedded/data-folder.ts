import { createHash } from "node:crypto";
import { chmod, mkdir, stat } from "node:fs/promises";
import path from "node:path";
import { EmbeddedDatabaseError } from "@/db/embedded/errors";
import { canEnter, databaseUser, type SystemUser } from "@/db/embedded/system-user";

/**
 * Where Latchkey keeps its data: `DATA_DIR` if set, else `./data`. As root in a place that the database's own user
 * can't reach, as below a 0700 home, `/var/lib/latchkey/…` instead, and `reason` says so. The folder exists afterwards.
 */
export async function resolveDataDir(
  configured: string | undefined,
  cwd: string,
): Promise<{ dataDir: string; reason?: string }> {
  const wanted = path.resolve(cwd, configured ?? "data");
  const user = await databaseUser(path.join(wanted, "postgres"));
  if (configured || canEnter(user, cwd)) {
    await makeDataFolder(wanted, user);
    return { dataDir: wanted };
  }
  const clone = createHash("sha256").update(cwd).digest("hex").slice(0, 8);
  const dataDir = `/var/lib/latchkey/${clone}`;
  await makeDataFolder(dataDir, user);
  return {
    dataDir,
    reason: `The database's user "${user?.name}" can't reach ${cwd}: the data is kept in ${dataDir}.`,
  };
}

/**
 * Makes the folder, unless it is there: then it stays as it is. Through a new one the database's user may pass, if it
 * isn't ourselves, and nobody else may look.
 * @throws EmbeddedDatabaseError where no folder can be
 */
export async function makeDataFolder(dataDir: string, user: SystemUser | undefined): Promise<void> {
  const folder = path.resolve(dataDir);
  try {
    // Apart from `mkdir`, whose mode loses the bits of the umask.
    for (const made of await makeFolders(folder)) await chmod(made, user ? 0o711 : 0o700);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new EmbeddedDatabaseError(
      `DATA_DIR: got ${folder}, takes a folder that is there or can be made (${reasons[code ?? ""] ?? code}).`,
    );
  }
}

const reasons: Record<string, string> = {
  EACCES: "it may not be written there",
  ENOENT: "nothing can be made there",
  ENOTDIR: "there is a file in its way",
  EROFS: "it may only be read there",
  ENOSPC: "there is no space left",
};

/**
 * The folders that had to be made, outermost first. One by one: `mkdir` with `recursive` never comes back where a
 * folder is there and yet takes none, as `/proc`.
 */
async function makeFolders(folder: string): Promise<string[]> {
  // By the slash it is asked for as a folder: a file there is ENOTDIR.
  const found = await stat(`${folder}/`).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" && folder !== path.dirname(folder)) return undefined;
    throw error;
  });
  if (found) return [];
  const outer = await makeFolders(path.dirname(folder));
  try {
    await mkdir(folder);
  } catch (error) {
    // Another start was here first.
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return outer;
    throw error;
  }
  return [...outer, folder];
}
