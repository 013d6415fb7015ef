import { type ChildProcess, fork, spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { ready } from "@/bench/processes";
import { type Setting, secret } from "@/bench/setting";

const readyWithinMs = 60_000;

/** The environment of a server under measurement: nothing of the user's own settings. */
const environment = { PATH: process.env.PATH ?? "", NODE_ENV: "production" } as const;

/** Starts the gate as `npm start` does, and waits until it is ready. */
export async function startGate(
  { database, adopt }: Setting,
  port: number,
  settings: Record<string, string> = {},
): Promise<ChildProcess> {
  const child = adopt(
    fork(path.resolve("dist/gate.js"), {
      env: { ...environment, LOG_LEVEL: "error", GATE_PORT: String(port), ...settings },
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    }),
  );
  child.send({ databaseUrl: database.url, listenUrl: database.url, secret });
  await ready(child);
  return child;
}

/**
 * Starts the whole server without a gate, and waits until it answers.
 * @param token the one of an Admin service account that it begins with
 */
export async function startServer(
  { database, folder, adopt }: Setting,
  port: number,
  token: string,
  { scim = false } = {},
): Promise<void> {
  const bootstrap = path.join(folder, "bootstrap.json");
  const tokens = [{ name: "bench", scim, expires_in_days: null, secret: token }];
  await writeFile(
    bootstrap,
    JSON.stringify({ service_accounts: [{ name: "Bench", role: "Admin", tokens }] }),
    {
      mode: 0o600,
    },
  );
  const child = adopt(
    spawn(process.execPath, ["dist/start.js"], {
      env: {
        ...environment,
        NEXT_TELEMETRY_DISABLED: "1",
        PORT: String(port),
        GATE_PORT: "0",
        LOG_LEVEL: "warn",
        DATABASE_URL: database.url,
        LATCHKEY_SECRET: secret,
        BOOTSTRAP_FILE: bootstrap,
      },
      stdio: ["ignore", "ignore", "inherit"],
    }),
  );
  for (const deadline = Date.now() + readyWithinMs; Date.now() < deadline && child.exitCode === null; ) {
    const answer = await fetch(`http://127.0.0.1:${port}/api/status`).catch(() => undefined);
    if (answer?.ok) return;
    await pause(100);
  }
  throw new Error("The server did not get ready.");
}
