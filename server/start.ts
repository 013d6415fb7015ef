import type { Server } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import next from "next";
import { transaction } from "@/db/client";
import { EmbeddedDatabaseError } from "@/db/embedded/errors";
import { recordRefusals } from "@/lib/audit/record-refusals";
import { sealEntries } from "@/lib/audit/seal-entries";
import { applyBootstrapFile } from "@/lib/bootstrap/apply-bootstrap-file";
import { BootstrapFault, readBootstrapFile } from "@/lib/bootstrap/read-bootstrap-file";
import { EnvError, env } from "@/lib/env";
import { ownAddress } from "@/lib/http/own-address";
import { forgetOldAnswers } from "@/lib/idempotency/create-once";
import { log } from "@/lib/log";
import { flushScimActivity } from "@/lib/scim/activity/note-activity";
import { needsSetUp, renewSetUpCode } from "@/lib/sign-in/set-up";
import { forgetOldUsage } from "@/lib/token-usage/forget-old-usage";
import { flushUses } from "@/lib/tokens/use-batch";
import { outliveReaders } from "@/server/broken-pipe";
import { type GateProcess, startGate } from "@/server/gate-process";
import { createListener } from "@/server/listener";
import { type OpenInstance, openInstance } from "@/server/open-instance";
import { whenReachable } from "@/server/when-reachable";

/*
 * Starts one instance: configuration with its bootstrap file, database, migrations, secret, what the file asks for, web.
 * Whatever is wrong ends the start with status 1 and one line on standard error; nothing is served before everything has
 * been checked.
 */

const flushEveryMs = 5_000;
const noteEveryMs = 1_000;
const tidyEveryMs = 10 * 60_000;
const sealEveryMs = 60_000;
const drainMs = 5_000;

const say = (line: string) => process.stdout.write(`${line}\n`);

start().catch((error: unknown) => {
  if (isExpected(error)) process.stderr.write(`${error.message}\n`);
  else
    process.stderr.write(
      `Latchkey could not start: ${error instanceof Error ? error.stack : String(error)}\n`,
    );
  process.exit(1);
});

async function start(): Promise<void> {
  outliveReaders();
  const dev = process.argv.includes("--dev");
  const { bootstrapFile } = env();
  const bootstrap = bootstrapFile && (await readBootstrapFile(bootstrapFile, process.env));
  const stopping = stopSignal();
  const instance = await openInstance(say);
  try {
    if (bootstrap) await whenReachable(() => applyBootstrapFile(bootstrap, (line) => log().warn(line)), say);
    const web = next({ dev, dir: process.cwd(), hostname: env().host, port: env().port });
    await web.prepare();
    const handle = web.getRequestHandler();
    const server = createListener((request, response) => handle(request, response), { dev });
    const underWay = countRequests(server);
    await listen(server);
    const gate = await startGateBeside(instance);
    const stopTimers = startTimers();
    await announce();

    await stopping;
    say("Stopping …");
    stopTimers();
    await Promise.all([gate?.stop(), drain(server, underWay)]);
    await web.close();
    await Promise.all([flushUses(), flushScimActivity()]);
  } catch (error) {
    await close(instance);
    throw error;
  }
  await close(instance);
  process.exit(0);
}

/** Unless it is switched off. */
async function startGateBeside({ databaseUrl, secret }: OpenInstance): Promise<GateProcess | undefined> {
  if (env().gatePort === 0) return undefined;
  return startGate({ databaseUrl, listenUrl: env().databaseListenUrl ?? databaseUrl, secret });
}

function listen(server: Server): Promise<void> {
  const { host, port } = env();
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(
        error.code === "EADDRINUSE"
          ? new EnvError(`PORT: got ${port}, which something else listens on; takes a free port.`)
          : new EnvError(`HOST: got ${JSON.stringify(host)}, which can't be listened on (${error.code}).`),
      ),
    );
    server.listen(port, host, resolve);
  });
}

/** Ends with the address and, while there is no administrator, the link that makes the first one. */
async function announce(): Promise<void> {
  const { host, port, gateHost, gatePort, publicUrl } = env();
  const address = publicUrl ?? ownAddress(host, port);
  if (await whenReachable(needsSetUp, say)) {
    const code = await whenReachable(renewSetUpCode, say);
    say(`\nCreate the first administrator here (the link works once):\n  ${address}/setup#code=${code}\n`);
  }
  const gate = gatePort === 0 ? "" : `, the gate at ${ownAddress(gateHost, gatePort)}`;
  say(`Latchkey is ready at ${address}${gate}`);
}

/** Work that goes on by itself, now and from time to time. A failure is logged and tried again the next time. */
function startTimers(): () => void {
  const every = (milliseconds: number, name: string, work: () => Promise<unknown>) => {
    const attempt = () => work().catch((error: unknown) => log().warn({ error }, `${name} failed`));
    void attempt();
    return setInterval(attempt, milliseconds);
  };
  const timers = [
    every(noteEveryMs, "noting SCIM activity", flushScimActivity),
    every(flushEveryMs, "writing last uses", flushUses),
    every(tidyEveryMs, "forgetting old answers", () => transaction(forgetOldAnswers)),
    every(tidyEveryMs, "forgetting old usage", forgetOldUsage),
    every(tidyEveryMs, "recording refused tokens", () => transaction(recordRefusals)),
    every(sealEveryMs, "sealing the audit", sealEntries),
  ];
  return () => timers.forEach(clearInterval);
}

/** Lets requests under way finish, for a moment; a connection without one is closed, whether it ever had one or not. */
async function drain(server: Server, underWay: () => number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const deadline = Date.now() + drainMs;
  while (underWay() > 0 && Date.now() < deadline) await pause(20);
  server.closeAllConnections();
  await closed;
}

/** How many requests `server` is answering. */
function countRequests(server: Server): () => number {
  let underWay = 0;
  server.on("request", (_, response) => {
    underWay++;
    response.once("close", () => underWay--);
  });
  return () => underWay;
}

async function close(instance: OpenInstance): Promise<void> {
  await instance.close().catch((error: unknown) => log().error({ error }, "closing failed"));
}

/** Settles at the first SIGINT or SIGTERM; the second one ends the process where it is. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    const stop = () => {
      if (asked) process.exit(130);
      asked = true;
      resolve();
    };
    process.on("SIGINT", stop);
    process.on("SIGTERM", stop);
  });
}

function isExpected(error: unknown): error is Error {
  return (
    error instanceof EnvError || error instanceof BootstrapFault || error instanceof EmbeddedDatabaseError
  );
}
