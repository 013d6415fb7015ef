import type { ChildProcess } from "node:child_process";
import { parseArgs } from "node:util";
import { compare } from "@/bench/gate-comparison";
import { measureMemory } from "@/bench/gate-memory";
import { compareWorkers } from "@/bench/gate-workers";
import { end, openSetting, writeTokens } from "@/bench/setting";

/*
 * npm run bench:gate: the gate beside bare node:http (a) with a constant answer, (b) with SHA-256 and a Map, (c) with
 * SHA-256 and one prepared query; one worker beside two; heap per known token, and under a flood. 200,000 tokens.
 * Options: --only compare,workers,memory · --connections 1,16,64 · --rounds 5, as in
 * npm run bench:gate -- --only compare --connections 16 --rounds 9
 */

const { values: asked } = parseArgs({
  options: {
    only: { type: "string", default: "compare,workers,memory" },
    connections: { type: "string", default: "1,16,64" },
    rounds: { type: "string", default: "5" },
  },
});
const say = (line: string) => process.stdout.write(`${line}\n`);
const children: ChildProcess[] = [];
const stopped = new Promise<never>((_, reject) => {
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => reject(new Error(`Stopped by ${signal}.`)));
});

const setting = await openSetting(200_000);
try {
  await Promise.race([run(asked.only.split(",")), stopped]);
} finally {
  await Promise.all(children.map(end));
  await setting.remove();
}
process.exit();

async function run(parts: string[]): Promise<void> {
  const file = await writeTokens(setting);
  const levels = asked.connections.split(",").map(Number);
  const options = { levels, rounds: Number(asked.rounds), file, children, say };
  if (parts.includes("compare")) await compare(setting, options);
  if (parts.includes("workers")) await compareWorkers(setting, options);
  if (parts.includes("memory")) await measureMemory(setting, say);
}
