import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, renameSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import type { Binaries } from "@/db/embedded/binaries";
import { isAlive, ownerName } from "@/db/embedded/owner";
import { bareEnvironment, type SystemUser } from "@/db/embedded/system-user";

const maxLogBytes = 5 * 1024 * 1024;
/** A fast shutdown that takes longer is turned into an immediate one, which costs recovery at the next start. */
const stopPatienceMs = 10_000;

/** What it takes to run PostgreSQL on one cluster. */
export interface PostmasterOptions {
  binaries: Binaries;
  folder: string;
  logFile: string;
  user: SystemUser | undefined;
  port: number;
}

/** Starts PostgreSQL, on loopback only. It is not ready yet, and may still fail: see its log. */
export function spawnPostmaster({ binaries, folder, logFile, user, port }: PostmasterOptions): ChildProcess {
  keepLogSmall(logFile);
  const output = openSync(logFile, "a", 0o600);
  const settings = {
    listen_addresses: "127.0.0.1",
    port,
    unix_socket_directories: "",
    cluster_name: ownerName(),
    max_connections: 60,
    shared_buffers: "32MB",
    log_line_prefix: "%m [%p] ",
    // Neither statements nor the values of a conflicting row belong in a log.
    log_min_error_statement: "panic",
    log_error_verbosity: "terse",
  };
  try {
    return spawn(
      binaries.postgres,
      ["-D", folder, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])],
      {
        cwd: "/",
        env: bareEnvironment,
        stdio: ["ignore", output, output],
        // Ctrl-C goes to the whole group of the terminal; the database must outlive the web until that has drained.
        detached: true,
        ...(user ? { uid: user.uid, gid: user.gid } : {}),
      },
    );
  } finally {
    closeSync(output);
  }
}

/** Asks a postmaster to end, in order and without losing anything, and doesn't wait for it. */
export function askToEnd(pid: number): void {
  signal(pid, "SIGINT");
}

/** Ends a postmaster, ours or an orphan: fast shutdown, and an immediate one when that takes too long. */
export async function stopPostmaster(pid: number): Promise<void> {
  askToEnd(pid);
  if (await gone(pid, stopPatienceMs)) return;
  signal(pid, "SIGQUIT");
  await gone(pid, stopPatienceMs);
}

/** The last lines of the log, for an error. */
export function lastLines(logFile: string, count = 5): string {
  return readFileSync(logFile, "utf8").trimEnd().split("\n").slice(-count).join("\n");
}

/** A port of loopback that nothing listens on just now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

async function gone(pid: number, patienceMs: number): Promise<boolean> {
  const deadline = Date.now() + patienceMs;
  while (isAlive(pid)) {
    if (Date.now() > deadline) return false;
    await pause(20);
  }
  return true;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

function keepLogSmall(logFile: string): void {
  const size = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
  if (size > maxLogBytes) renameSync(logFile, `${logFile}.1`);
}
