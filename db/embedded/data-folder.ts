import { createHash } from "node:crypto";
import path from "node:path";
import { canEnter, databaseUser } from "@/db/embedded/system-user";

/**
 * Where Latchkey keeps its data: `DATA_DIR` if set, else `./data`. As root in a place that the database's own user
 * can't reach, as below a 0700 home, `/var/lib/latchkey/…` instead, and `reason` says so.
 */
export async function resolveDataDir(
  configured: string | undefined,
  cwd: string,
): Promise<{ dataDir: string; reason?: string }> {
  if (configured) return { dataDir: path.resolve(cwd, configured) };
  const user = await databaseUser();
  if (canEnter(user, cwd)) return { dataDir: path.join(cwd, "data") };

  const clone = createHash("sha256").update(cwd).digest("hex").slice(0, 8);
  const dataDir = `/var/lib/latchkey/${clone}`;
  return {
    dataDir,
    reason: `The database's user "${user?.name}" can't reach ${cwd}: the data is kept in ${dataDir}.`,
  };
}
