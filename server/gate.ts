import cluster from "node:cluster";
import type { Server } from "node:http";
import { openPool, pool } from "@/db/client";
import { setInstanceSecret } from "@/lib/access/secret";
import { EnvError, env } from "@/lib/env";
import { createGateServer } from "@/lib/gate/gate-server";
import { openGate } from "@/lib/gate/open-gate";
import { log } from "@/lib/log";
import { flushUses } from "@/lib/tokens/use-batch";
import { outliveReaders } from "@/server/broken-pipe";
import { clientAddress } from "@/server/client-address";
import type { GateMessage, GateSettings } from "@/server/gate-settings";

/*
 * The gate's process. `npm start` runs it and hands it its settings; on its own it takes them from the environment
 * (DATABASE_URL, LATCHKEY_SECRET). With GATE_WORKERS it is a cluster: one port, a memory and a feed for each worker.
 */

const flushEveryMs = 5_000;
const drainMs = 3_000;
const longestWorkerBackOffMs = 5_000;
/** What a worker says to the process that runs it. */
const awaitingSettings = "awaiting settings";
const tell = (message: GateMessage, then?: () => void) => process.send?.(message, then);

start().catch((error: unknown) => {
  // Who runs us says it in its own one line.
  if (error instanceof EnvError && tell({ fault: error.message }, () => process.exit(1)) !== undefined)
    return;
  process.stderr.write(
    `The gate could not start: ${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exit(1);
});

async function start(): Promise<void> {
  outliveReaders();
  const settings = await receiveSettings();
  if (cluster.isPrimary && env().gateWorkers > 1) runCluster(settings);
  else await runGate(settings);
}

function runCluster(settings: GateSettings): void {
  let stopping = false;
  const fork = (backOffMs: number) => {
    if (stopping) return;
    const started = Date.now();
    const worker = cluster.fork();
    worker.on("message", (message) => {
      // Sent unasked they could arrive before the worker listens.
      if (message === awaitingSettings) worker.send(settings);
      // The first one that is ready stands for all: a port that is taken is taken for each of them.
      else process.send?.(message);
    });
    // A worker that ends while it is spoken to is heard of by its exit.
    worker.on("error", (error) => log().debug({ error }, "a gate worker can't be reached"));
    worker.on("exit", () => {
      if (stopping) return;
      log().warn("a gate worker ended; starting another");
      const wait = Date.now() - started > 10_000 ? 100 : backOffMs;
      setTimeout(() => fork(Math.min(wait * 2, longestWorkerBackOffMs)), wait);
    });
  };
  for (let worker = 0; worker < env().gateWorkers; worker++) fork(100);
  onStop(() => {
    stopping = true;
    const workers = Object.values(cluster.workers ?? {}).flatMap((worker) =>
      worker && !worker.isDead() ? [worker] : [],
    );
    let left = workers.length;
    // All may have ended just now, and wait to be started again.
    if (left === 0) process.exit(0);
    for (const worker of workers) {
      worker.once("exit", () => {
        left--;
        if (left === 0) process.exit(0);
      });
      worker.process.kill("SIGTERM");
    }
  });
}

async function runGate({ databaseUrl, listenUrl, secret }: GateSettings): Promise<void> {
  setInstanceSecret(secret);
  const warn = onceASecond((what: string, error: unknown) => log().warn({ error }, what));
  // A pooler in between, which is why there is a listening address of its own, keeps no prepared statements.
  const prepared = listenUrl === databaseUrl;
  const lost = (error: Error) => warn("an idle database connection was lost", error);
  const gate = openGate({
    pool: openPool(databaseUrl, lost, { max: 3, genericPlans: prepared }),
    prepared,
    listenUrl,
    staleMs: env().gateStaleSeconds * 1000,
    addressOf: clientAddress(env().trustedProxies),
    onError: warn,
  });
  const server = createGateServer(gate.handle);
  await listen(server);
  const flush = () => flushUses().catch((error: unknown) => warn("last uses could not be written", error));
  const flushing = setInterval(flush, flushEveryMs);
  tell("ready");
  log().info({ port: env().gatePort, host: env().gateHost }, "the gate is ready");

  onStop(async () => {
    clearInterval(flushing);
    await drain(server);
    await flush();
    await gate.close();
    await pool().end();
    process.exit(0);
  });
}

/** From who started us, or from the environment. */
function receiveSettings(): Promise<GateSettings> {
  if (process.send) {
    const received = new Promise<GateSettings>((resolve) =>
      process.once("message", (settings) => resolve(settings as GateSettings)),
    );
    if (cluster.isWorker) process.send(awaitingSettings);
    return received;
  }
  const { databaseUrl, databaseListenUrl, secret } = env();
  if (!databaseUrl || !secret)
    throw new EnvError(
      "DATABASE_URL: got nothing, takes a postgresql:// address; the gate alone has no embedded one.",
    );
  return Promise.resolve({ databaseUrl, listenUrl: databaseListenUrl ?? databaseUrl, secret });
}

function listen(server: Server): Promise<void> {
  const { gatePort: port, gateHost: host } = env();
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(
        error.code === "EADDRINUSE"
          ? new EnvError(`GATE_PORT: got ${port}, which something else listens on; takes a free port.`)
          : new EnvError(
              `GATE_HOST: got ${JSON.stringify(host)}, which can't be listened on (${error.code}).`,
            ),
      ),
    );
    server.listen({ port, host, backlog: 4096 }, resolve);
  });
}

async function drain(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const impatience = setTimeout(() => server.closeAllConnections(), drainMs);
  await closed;
  clearTimeout(impatience);
}

/** On a signal, or when who started us is gone. */
function onStop(stop: () => void): void {
  let asked = false;
  const once = () => {
    if (asked) return;
    asked = true;
    stop();
  };
  process.on("SIGTERM", once);
  process.on("SIGINT", once);
  process.on("disconnect", once);
}

/** An outage is one trouble, not one per request. */
function onceASecond<A extends unknown[]>(act: (...given: A) => void): (...given: A) => void {
  let last = 0;
  return (...given) => {
    if (Date.now() - last < 1_000) return;
    last = Date.now();
    act(...given);
  };
}
