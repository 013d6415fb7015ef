import { type ChildProcess, fork } from "node:child_process";
import path from "node:path";
import { EnvError, env } from "@/lib/env";
import { log } from "@/lib/log";
import type { GateMessage, GateSettings } from "@/server/gate-settings";

/** For a gate that neither says what is wrong nor ends; on a machine that stalls a sound one takes half as long. */
const firstStartMs = 60_000;
const shortestBackOffMs = 100;
const longestBackOffMs = 5_000;
/** A gate that lived this long ended by accident, not because it can't start. */
const settledAfterMs = 10_000;

/** The gate beside this process. */
export interface GateProcess {
  stop(): Promise<void>;
}

/**
 * Runs the gate as a process of its own and starts it again whenever it ends.
 * @throws EnvError when it doesn't get ready the first time, as when its port is taken
 */
export async function startGate(settings: GateSettings): Promise<GateProcess> {
  let stopping = false;
  let restart: NodeJS.Timeout | undefined;
  let child = launch(settings);

  const supervise = (backOffMs: number): void => {
    const since = Date.now();
    child.once("exit", (code, signal) => {
      if (stopping) return;
      log().warn({ code, signal }, "the gate ended; starting it again");
      const wait = Date.now() - since > settledAfterMs ? shortestBackOffMs : backOffMs;
      restart = setTimeout(() => {
        child = launch(settings);
        child.on("message", (message: GateMessage) => {
          if (message !== "ready") log().error({ fault: message.fault }, "the gate can't start");
        });
        supervise(Math.min(wait * 2, longestBackOffMs));
      }, wait);
    });
  };

  await readiness(child);
  supervise(shortestBackOffMs);
  return {
    async stop() {
      stopping = true;
      clearTimeout(restart);
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await ended;
    },
  };
}

function launch(settings: GateSettings): ChildProcess {
  const child = fork(path.resolve("dist/gate.js"), {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    execArgv: ["--enable-source-maps"],
  });
  child.send(settings, (error) => {
    if (error) log().warn({ error }, "the gate didn't take its settings");
  });
  return child;
}

function readiness(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) =>
      reject(new EnvError(`GATE_PORT: got ${env().gatePort}, but the gate ${why}.`));
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      fail(`did not get ready in ${firstStartMs / 1000} s`);
    }, firstStartMs);
    child.once("message", (message: GateMessage) => {
      clearTimeout(timer);
      if (message === "ready") resolve();
      else reject(new EnvError(message.fault));
    });
    child.once("exit", (code, signal) => {
      clearTimeout(timer);
      fail(`ended with ${signal ?? code}`);
    });
  });
}
