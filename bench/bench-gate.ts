import { parseArgs } from "node:util";
import { compare } from "@/bench/gate-comparison";
import { measureMemory } from "@/bench/gate-memory";
import { compareWorkers } from "@/bench/gate-workers";
import { makeTokens, writeTokens } from "@/bench/seed-tokens";
import { inSetting } from "@/bench/setting";

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
const parts = asked.only.split(",");

await inSetting(async (setting) => {
  const tokens = await makeTokens(setting, 200_000);
  const file = await writeTokens(setting, tokens);
  const levels = asked.connections.split(",").map(Number);
  const options = { levels, rounds: Number(asked.rounds), file, tokens };
  if (parts.includes("compare")) await compare(setting, options);
  if (parts.includes("workers")) await compareWorkers(setting, options);
  if (parts.includes("memory")) await measureMemory(setting, tokens);
});
process.exit();
