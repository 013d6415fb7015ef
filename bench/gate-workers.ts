import type { ComparisonOptions } from "@/bench/gate-comparison";
import { type Contestant, generate, heading, Measurements } from "@/bench/measurements";
import { startGate } from "@/bench/servers";
import { type Setting, say } from "@/bench/setting";

/** More than one core: two workers on one port beside one, from memory. The load generator needs a core of its own, too. */
export async function compareWorkers(
  setting: Setting,
  { levels, rounds, file }: ComparisonOptions,
): Promise<void> {
  const start = async (workers: number, port: number): Promise<Contestant> => {
    const process = await startGate(setting, port, { GATE_WORKERS: String(workers) });
    return { label: `GATE_WORKERS=${workers}`, port, process };
  };
  const [one, two] = [await start(1, 4884), await start(2, 4885)];
  say(`\nGATE_WORKERS, medians of ${rounds} rounds\n${heading}`);
  for (const connections of levels) {
    const load = { connections, file, from: 0, to: 1_000 };
    for (const { port } of [one, two]) await generate(port, { ...load, amount: "10000x" });
    const measurements = new Measurements();
    for (let turn = 0; turn < rounds; turn++)
      await measurements.round([one, two], turn, { ...load, amount: "1000" });
    for (const contestant of [one, two]) say(measurements.line(contestant));
    say(
      `  ${connections} connections: two workers ${measurements.ratio("perSecond", two, one)} of one's requests/s, ${measurements.ratio("p99", two, one)} of its p99`,
    );
  }
}
