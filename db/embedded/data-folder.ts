import { createHash } from "node:crypto";
import { chmod, mkdir } from "node:fs/promises";
import path from "node:path";
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
 */
export async function makeDataFolder(dataDir: string, user: SystemUser | undefined): Promise<void> {
  const first = await mkdir(dataDir, { recursive: true });
  if (first === undefined) return;
  // Apart from `mkdir`, whose mode loses the bits of the umask.
  for (let made = path.resolve(dataDir); made.startsWith(first); made = path.dirname(made))
    await chmod(made, user ? 0o711 : 0o700);
}
