import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { randomInt } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";

/** A Latchkey that runs for a test: the built server, as a process of its own. */
export interface ServerProcess {
  baseURL: string;
  port: number;
  pid: number;
  /** All it has printed so far, both streams. */
  output(): string;
  /** Stops reading what it prints, as a terminal that is closed. */
  hangUp(): void;
  /** Settles with the exit status. */
  exited: Promise<number | null>;
  stop(signal?: NodeJS.Signals): Promise<void>;
}

const readyWithinMs = 120_000;
const root = path.resolve(import.meta.dirname, "..");

/**
 * Starts the built server on a free port of loopback and waits until it answers.
 * @param environment besides PATH, nothing of ours is handed down
 * @throws with what the server printed, when it ends or isn't ready in time
 */
export async function startServer(
  environment: Record<string, string>,
  options: { uid?: number; gid?: number; cwd?: string } = {},
): Promise<ServerProcess> {
  const server = await launchServer(environment, options);
  const deadline = Date.now() + readyWithinMs;
  let ended = false;
  server.exited.then(() => {
    ended = true;
  });
  while (!ended && Date.now() < deadline) {
    const answer = await fetch(`${server.baseURL}/api/status`).catch(() => undefined);
    if (answer?.ok && server.output().includes("Latchkey is ready")) return server;
    await pause(50);
  }
  await server.stop("SIGKILL");
  throw new Error(`The server is not ready:\n${server.output()}`);
}

/** The same without waiting: for starts that are to fail. */
export async function launchServer(
  environment: Record<string, string>,
  { uid, gid, cwd = root }: { uid?: number; gid?: number; cwd?: string } = {},
): Promise<ServerProcess> {
  const port = Number(environment.PORT ?? (await freePort()));
  const child = spawn(process.execPath, ["dist/start.js"], {
    cwd,
    env: {
      PATH: process.env.PATH ?? "",
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
      HOST: "127.0.0.1",
      GATE_PORT: "0",
      ...environment,
      PORT: String(port),
    },
    stdio: ["ignore", "pipe", "pipe"],
    ...(uid === undefined ? {} : { uid, gid: gid ?? uid }),
  });
  const printed: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => printed.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => printed.push(chunk));
  // Not before all that it printed was read.
  const exited = new Promise<number | null>((resolve) => child.on("close", (code) => resolve(code)));
  return {
    baseURL: `http://127.0.0.1:${port}`,
    port,
    pid: child.pid ?? 0,
    output: () => Buffer.concat(printed).toString("utf8"),
    hangUp() {
      child.stdout.destroy();
      child.stderr.destroy();
    },
    exited,
    stop: (signal = "SIGTERM") => stop(child, exited, signal),
  };
}

/** Writes a bootstrap file into a folder of its own. */
export async function writeBootstrapFile(
  content: unknown,
): Promise<{ file: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), "latchkey-bootstrap-"));
  const file = path.join(folder, "bootstrap.json");
  await writeFile(file, JSON.stringify(content));
  return { file, remove: () => rm(folder, { recursive: true, force: true }) };
}

async function stop(child: ChildProcess, exited: Promise<unknown>, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) child.kill(signal);
  await exited;
}

/** Beneath the ports that the system hands to whoever doesn't care which: nobody comes upon these by chance. */
const ports = { first: 20_000, pairs: 6_000 };

/**
 * A port of loopback that nothing listens on, and that no other test is given while this process runs: until then it
 * keeps the port before it taken, which is how the others see it.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const guard = ports.first + 2 * randomInt(ports.pairs);
    if (!(await listenOn(guard))) continue;
    const probe = await listenOn(guard + 1);
    if (!probe) continue;
    await new Promise((resolve) => probe.close(resolve));
    return guard + 1;
  }
}

/** Keeps no process from ending; undefined where something listens already. */
function listenOn(port: number): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer().unref();
    server.on("error", (error: NodeJS.ErrnoException) =>
      error.code === "EADDRINUSE" ? resolve(undefined) : reject(error),
    );
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}

/** The gate that a server runs: a child of its own. */
export function gatePid(server: ServerProcess): number {
  const { stdout } = spawnSync("/bin/sh", ["-c", `cat /proc/${server.pid}/task/*/children`], {
    encoding: "utf8",
  });
  const pids = stdout.trim().split(/\s+/).map(Number);
  const gate = pids.find((pid) =>
    spawnSync("cat", [`/proc/${pid}/cmdline`], { encoding: "utf8" }).stdout.includes("gate.js"),
  );
  if (!gate) throw new Error("The server runs no gate.");
  return gate;
}
