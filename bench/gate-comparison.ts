import { fork } from "node:child_process";
import { createHash } from "node:crypto";
import path from "node:path";
import { type Contestant, generate, heading, Measurements } from "@/bench/measurements";
import { ready } from "@/bench/processes";
import { startGate } from "@/bench/servers";
import { connect, type Setting, say } from "@/bench/setting";

export interface ComparisonOptions {
  levels: readonly number[];
  rounds: number;
  tokens: readonly string[];
  /** With the tokens, a line each. */
  file: string;
}

const inRotation = 1_000;
const roundMs = 1_000;
const newPerRound = 4_000;

/**
 * The gate beside bare node:http, in turns, at each number of connections: from memory, 1,000 tokens in rotation; and
 * with tokens each of which comes for the first time.
 */
export async function compare(setting: Setting, options: ComparisonOptions): Promise<void> {
  const { levels, rounds, tokens, file } = options;
  const { gate, constant, map, query } = await startContestants(setting, tokens);
  let next = inRotation;
  for (const connections of levels) {
    const memory = new Measurements();
    const rotation = { connections, file, from: 0, to: inRotation };
    await generate(gate.port, { ...rotation, amount: `${inRotation * 2}x` });
    for (let turn = 0; turn < rounds; turn++)
      await memory.round([gate, constant, map], turn, { ...rotation, amount: String(roundMs) });

    const fresh = new Measurements();
    for (let turn = 0; turn < rounds; turn++, next += newPerRound) {
      if (next + newPerRound > tokens.length) throw new Error("There are no new tokens left.");
      const load = { connections, file, from: next, to: next + newPerRound, amount: `${newPerRound}x` };
      await fresh.round([gate, query], turn, load);
    }

    say(`\n${connections} connections, medians of ${rounds} rounds\n${heading}`);
    for (const contestant of [gate, constant, map]) say(memory.line(contestant));
    say(`  from memory: ${memory.ratio("perSecond", gate, constant)} of (a)`);
    say(`  from memory: ${inWords(memory, gate, map)} of (b)`);
    for (const contestant of [gate, query]) say(fresh.line(contestant));
    say(`  every token new: ${inWords(fresh, gate, query)} of (c)`);
  }
}

function inWords(measurements: Measurements, gate: Contestant, beside: Contestant): string {
  const [rate, p99, cpu] = (["perSecond", "p99", "cpu"] as const).map((figure) =>
    measurements.ratio(figure, gate, beside),
  );
  return `${rate} of the requests/s, ${p99} of the p99, ${cpu} of the CPU`;
}

async function startContestants(setting: Setting, tokens: readonly string[]) {
  const { url } = setting.database;
  await makeBaselineTable(url, tokens);
  const gate = await startGate(setting, 4880);
  const baseline = async (kind: string, port: number, label: string): Promise<Contestant> => {
    const child = setting.adopt(fork(path.resolve("dist/baseline-server.js"), [kind, String(port), url]));
    await ready(child);
    return { label, port, process: child };
  };
  return {
    gate: { label: "the gate", port: 4880, process: gate },
    constant: await baseline("constant", 4881, "(a) constant"),
    map: await baseline("map", 4882, "(b) SHA-256 + Map"),
    query: await baseline("query", 4883, "(c) SHA-256 + query"),
  };
}

/** All it takes to answer, in one table without a join: the baseline's best case. */
async function makeBaselineTable(url: string, tokens: readonly string[]): Promise<void> {
  const client = await connect(url);
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
