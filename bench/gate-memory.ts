import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { openPool, type Setting, say } from "@/bench/setting";
import { type Gate, openGate } from "@/lib/gate/open-gate";
import { mintToken } from "@/lib/tokens/format";

const held = 100_000;
const flood = 1_000_000;
const atOnce = 5_000;

/**
 * Heap per known token; then a flood of random tokens of the right form, 5,000 at once: what it costs in queries and
 * heap, and whether anybody who is known was forgotten over it.
 */
export async function measureMemory({ database }: Setting, tokens: readonly string[]): Promise<void> {
  const collect = garbageCollector();
  const heap = () => {
    collect();
    return process.memoryUsage().heapUsed;
  };
  const pool = openPool(database.url, 3);
  const gate = openGate({
    pool,
    prepared: true,
    listenUrl: database.url,
    staleMs: 30_000,
    addressOf: () => "",
    onError: (what, error) => say(`${what}: ${error}`),
  });
  while (!gate.feed.isProven()) await new Promise((resolve) => setTimeout(resolve, 20));

  await verifyAll(gate, ["good"], 1, (index) => tokens[index] as string);
  const before = heap();
  await verifyAll(gate, ["good"], held, (index) => tokens[index] as string);
  const calm = heap();
  const known = gate.memory.size;
  say(`\nheap per known token: ${((calm - before) / (known - 1)).toFixed(0)} bytes (${known} known)`);

  const { queries } = gate.verifier.counts;
  const started = performance.now();
  await verifyAll(gate, ["unknown"], flood, () => mintToken("svc"));
  const seconds = (performance.now() - started) / 1000;
  say(
    `a flood of ${flood} strangers in ${seconds.toFixed(0)} s, minting them included: ${gate.verifier.counts.queries - queries} queries, ` +
      `heap ${((heap() - calm) / 1e6).toFixed(1)} MB more, ${gate.memory.size} of ${known} still known`,
  );
  await gate.close();
  await pool.end();
}

async function verifyAll(gate: Gate, expected: string[], count: number, token: (index: number) => string) {
  for (let from = 0; from < count; from += atOnce) {
    const verdicts = await Promise.all(
      Array.from(
        { length: Math.min(atOnce, count - from) },
        async (_, index) => (await gate.verifier.verify(token(from + index))).verdict,
      ),
    );
    const other = verdicts.find((verdict) => !expected.includes(verdict));
    if (other) throw new Error(`The gate says ${other}.`);
  }
}

function garbageCollector(): () => void {
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc") as () => void;
}
