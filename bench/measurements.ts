import type { ChildProcess } from "node:child_process";
import { median } from "@/bench/figures";
import type { LoadResult } from "@/bench/load-generator";
import { cpuSeconds, outputOf } from "@/bench/processes";

/** A server under measurement; what it is called in the table. */
export interface Contestant {
  label: string;
  port: number;
  process: ChildProcess;
}

/** What the load generator is told: how much, and which tokens of the file. */
export interface Load {
  connections: number;
  /** Milliseconds, or a count with an `x`. */
  amount: string;
  file: string;
  from: number;
  to: number;
}

type Round = LoadResult & { cpu: number };
type Figure = "perSecond" | "p50" | "p99" | "cpu";

/** Sends that load to a port, from a process of its own. */
export async function generate(port: number, load: Load): Promise<LoadResult> {
  const { connections, amount, file, from, to } = load;
  const args = [port, connections, amount, file, from, to].map(String);
  return JSON.parse(await outputOf("load-generator", args)) as LoadResult;
}

/** Rounds of several servers under the same loads, in turns. */
export class Measurements {
  private readonly rounds = new Map<Contestant, Round[]>();

  /** One round: each gets the load once, another one first each time. */
  async round(contestants: readonly Contestant[], turn: number, load: Load): Promise<void> {
    for (let index = 0; index < contestants.length; index++) {
      const contestant = contestants[(index + turn) % contestants.length] as Contestant;
      const pid = contestant.process.pid ?? 0;
      const before = await cpuSeconds(pid);
      const result = await generate(contestant.port, load);
      const cpu = (((await cpuSeconds(pid)) - before) * 1e6) / result.requests;
      if (result.refused > 0)
        throw new Error(`${contestant.label} refused ${result.refused} of ${result.requests}.`);
      this.rounds.set(contestant, [...(this.rounds.get(contestant) ?? []), { ...result, cpu }]);
    }
  }

  line(contestant: Contestant): string {
    const figures = [
      this.of(contestant, "perSecond").toFixed(0),
      this.of(contestant, "p50").toFixed(3),
      this.of(contestant, "p99").toFixed(3),
      this.of(contestant, "cpu").toFixed(1),
    ];
    return contestant.label.padEnd(24) + figures.map((text) => text.padStart(12)).join("");
  }

  /** The median over the rounds of one's figure by the other's in the same round: what loads the machine loads both. */
  ratio(figure: Figure, contestant: Contestant, beside: Contestant): string {
    const others = this.rounds.get(beside) ?? [];
    const ratios = (this.rounds.get(contestant) ?? []).map(
      (round, index) => round[figure] / (others[index]?.[figure] ?? Number.NaN),
    );
    return median(ratios).toFixed(2);
  }

  private of(contestant: Contestant, figure: Figure): number {
    return median((this.rounds.get(contestant) ?? []).map((round) => round[figure]));
  }
}

export const heading = `${" ".repeat(24)}${["requests/s", "p50 ms", "p99 ms", "CPU ms/1000"]
  .map((text) => text.padStart(12))
  .join("")}`;
