import { type ChildProcess, fork } from "node:child_process";
import { createHash } from "node:crypto";
import path from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Client, Pool } from "pg";
import type { LoadResult } from "@/bench/load-generator";
import {
  cpuSeconds,
  end,
  median,
  openSetting,
  outputOf,
  ready,
  type Setting,
  startGateOn,
  writeTokens,
} from "@/bench/setting";
import { loadTokens } from "@/lib/gate/load-tokens";
import { openGate } from "@/lib/gate/open-gate";
import { TokenMemory, usualLimits } from "@/lib/gate/token-memory";
import { hashToken, mintToken } from "@/lib/tokens/format";

/*
 * npm run bench:gate: the gate beside bare node:http (a) with a constant answer, (b) with SHA-256 and a Map, (c) with
 * SHA-256 and one prepared query; in turns, at 1, 16 and 64 connections, keep-alive. "memory": 1,000 tokens in
 * rotation out of 200,000. "new": each token for the first time. Then heap per known token, and under a flood.
 */

const tokenCount = 200_000;
const inRotation = 1_000;
const rounds = 3;
const roundMs = 1_500;
const newPerRound = 4_000;
/** All of them, unless told: npm run bench:gate -- 16 */
const levels = process.argv[2] ? [Number(process.argv[2])] : [1, 16, 64];
const ports = { gate: 4880, constant: 4881, map: 4882, query: 4883 } as const;
type Name = keyof typeof ports;

const say = (line: string) => process.stdout.write(`${line}\n`);

const children: ChildProcess[] = [];

class Measurements {
  private readonly all = new Map<Name, (LoadResult & { cpu: number })[]>();

  add(name: Name, result: LoadResult & { cpu: number }): void {
    if (result.refused > 0) throw new Error(`${name} refused ${result.refused} of ${result.requests}.`);
    this.all.set(name, [...(this.all.get(name) ?? []), result]);
  }

  print(label: string, name: Name): void {
    const columns = [
      this.of(name, "perSecond").toFixed(0),
      this.of(name, "p50").toFixed(3),
      this.of(name, "p99").toFixed(3),
      this.of(name, "cpu").toFixed(1),
    ];
    say(`${label.padEnd(24)}${columns.map((text) => text.padStart(12)).join("")}`);
  }

  ratio(name: Name, beside: Name): string {
    return (this.of(name, "perSecond") / this.of(beside, "perSecond")).toFixed(2);
  }

  p99Ratio(name: Name, beside: Name): string {
    return (this.of(name, "p99") / this.of(beside, "p99")).toFixed(2);
  }

  private of(name: Name, figure: "perSecond" | "p50" | "p99" | "cpu"): number {
    return median((this.all.get(name) ?? []).map((result) => result[figure]));
  }
}

await run();

async function run(): Promise<void> {
  const setting = await openSetting(tokenCount);
  try {
    const file = await writeTokens(setting);
    const servers = await startServers(setting);
    await compare(servers, file);
    await twoWorkers(setting, file);
    await heap(setting);
  } finally {
    await Promise.all(
      children.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null).map(end),
    );
    await setting.remove();
  }
}

async function startServers({ database, tokens }: Setting): Promise<Record<Name, ChildProcess>> {
  await makeBaselineTable(database.url, tokens);
  const gate = await startGateOn(database.url, ports.gate);
  children.push(gate);
  const baseline = async (kind: Exclude<Name, "gate">) => {
    const child = fork(path.resolve("dist/baseline-server.js"), [kind, String(ports[kind]), database.url]);
    children.push(child);
    await ready(child);
    return child;
  };
  return {
    gate,
    constant: await baseline("constant"),
    map: await baseline("map"),
    query: await baseline("query"),
  };
}

/** All it takes to answer, in one table without a join: the baseline's best case. */
async function makeBaselineTable(url: string, tokens: string[]): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query("create table baseline_tokens (hash bytea primary key, subject text not null)");
  for (let from = 0; from < tokens.length; from += 10_000) {
    const hashes = tokens
      .slice(from, from + 10_000)
      .map((token) => createHash("sha256").update(token).digest());
    await client.query(
      "insert into baseline_tokens select hash, 'account@service' from unnest($1::bytea[]) hash",
      [hashes],
    );
  }
  await client.query("analyze baseline_tokens");
  await client.end();
}

async function compare(servers: Record<Name, ChildProcess>, file: string): Promise<void> {
  let next = inRotation;
  for (const connections of levels) {
    const memory = new Measurements();
    const fresh = new Measurements();
    await load("gate", 16, `${inRotation * 2}x`, file, 0, inRotation);
    for (let round = 0; round < rounds; round++)
      for (const name of turned(["gate", "constant", "map"] as Name[], round))
        memory.add(
          name,
          await measured(name, servers[name], connections, String(roundMs), file, 0, inRotation),
        );
    for (let round = 0; round < rounds; round++) {
      for (const name of turned(["gate", "query"] as Name[], round))
        fresh.add(
          name,
          await measured(name, servers[name], connections, `${newPerRound}x`, file, next, next + newPerRound),
        );
      next += newPerRound;
    }
    say(`\n${connections} connections: median of ${rounds} rounds`);
    say("                          requests/s      p50 ms    p99 ms   CPU ms/1,000");
    memory.print("gate, from memory", "gate");
    memory.print("(a) constant", "constant");
    memory.print("(b) SHA-256 + Map", "map");
    fresh.print("gate, every token new", "gate");
    fresh.print("(c) SHA-256 + query", "query");
    say(
      `ratios: memory/(a) ${memory.ratio("gate", "constant")}, memory/(b) ${memory.ratio("gate", "map")} (p99 ×${memory.p99Ratio("gate", "map")}), new/(c) ${fresh.ratio("gate", "query")} (p99 ×${fresh.p99Ratio("gate", "query")})`,
    );
  }
}

/** More than one core: two workers on one port, beside one. The load generator needs a core of its own, too. */
async function twoWorkers({ database }: Setting, file: string): Promise<void> {
  const two = await startGateOn(database.url, ports.gate + 10, { GATE_WORKERS: "2" });
  children.push(two);
  const rates: Record<"one" | "two", number[]> = { one: [], two: [] };
  await Promise.all([generate(ports.gate + 10, 64, "20000x", file, 0, inRotation)]);
  for (let round = 0; round < rounds; round++) {
    rates.one.push((await generate(ports.gate, 64, String(roundMs), file, 0, inRotation)).perSecond);
    rates.two.push((await generate(ports.gate + 10, 64, String(roundMs), file, 0, inRotation)).perSecond);
  }
  say(
    `\nGATE_WORKERS at 64 connections: 1 worker ${median(rates.one).toFixed(0)}/s, 2 workers ${median(rates.two).toFixed(0)}/s (load generator on the same cores)`,
  );
}

async function heap({ database, tokens }: Setting): Promise<void> {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const used = () => {
    collect();
    return process.memoryUsage().heapUsed;
  };
  const pool = new Pool({ connectionString: database.url, max: 3 });
  const memory = new TokenMemory(usualLimits, Date.now);
  const before = used();
  const held = 100_000;
  for (let from = 0; from < held; from += 500)
    for (const [key, token] of await loadTokens(
      pool,
      tokens.slice(from, from + 500).map(hashToken),
      true,
      Date.now(),
    ))
      memory.remember(key, token);
  say(`\nheap per known token: ${((used() - before) / memory.size).toFixed(0)} bytes (${memory.size} held)`);

  const gate = openGate({
    pool,
    prepared: true,
    listenUrl: database.url,
    staleMs: 30_000,
    addressOf: () => "",
    onError: () => {},
  });
  const calm = used();
  const flood = 1_000_000;
  const started = performance.now();
  for (let done = 0; done < flood; done += 5_000)
    await Promise.all(Array.from({ length: 5_000 }, async () => gate.verifier.verify(mintToken("svc"))));
  const seconds = (performance.now() - started) / 1000;
  const { queries } = gate.verifier.counts;
  say(
    `a flood of ${flood} strangers: ${queries} queries, heap ${((used() - calm) / 1e6).toFixed(1)} MB more, ${seconds.toFixed(0)} s (minting them included)`,
  );
  await gate.close();
  await pool.end();
}

async function measured(
  name: Name,
  server: ChildProcess,
  ...rest: [number, string, string, number, number]
): Promise<LoadResult & { cpu: number }> {
  const before = await cpuSeconds(server.pid ?? 0);
  const result = await load(name, ...rest);
  const cpu = ((await cpuSeconds(server.pid ?? 0)) - before) * 1e6;
  return { ...result, cpu: cpu / result.requests };
}

function load(name: Name, ...rest: [number, string, string, number, number]): Promise<LoadResult> {
  return generate(ports[name], ...rest);
}

async function generate(
  port: number,
  connections: number,
  amount: string,
  file: string,
  from: number,
  to: number,
): Promise<LoadResult> {
  return JSON.parse(
    await outputOf("load-generator", [port, connections, amount, file, from, to].map(String)),
  ) as LoadResult;
}

/** Another one goes first each time. */
function turned<T>(items: T[], by: number): T[] {
  return items.map((_, index) => items[(index + by) % items.length] as T);
}
