import { Counter, collectDefaultMetrics, Gauge, Registry } from "prom-client";
import type { Outcomes } from "@/lib/gate/handler";
import type { TokenMemory } from "@/lib/gate/token-memory";
import type { Verifier } from "@/lib/gate/verifier";

interface Sources {
  outcomes: Outcomes;
  verifier: Verifier;
  memory: TokenMemory;
  isProven: () => boolean;
}

/** The gate's figures for Prometheus. They are plain numbers until somebody asks, so counting costs a request nothing. */
export function gateMetrics({ outcomes, verifier, memory, isProven }: Sources): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });

  counter(registry, "latchkey_gate_requests_total", "Requests by outcome", "outcome", () => ({
    ...outcomes,
  }));
  counter(
    registry,
    "latchkey_gate_lookups_total",
    "Tokens looked up, by where the answer came from",
    "source",
    () => ({
      memory: verifier.counts.memory,
      database: verifier.counts.loaded,
      last_proof: verifier.counts.stale,
      turned_away: verifier.counts.turnedAway,
    }),
  );
  counter(registry, "latchkey_gate_queries_total", "Queries sent to the database", "kind", () => ({
    tokens: verifier.counts.queries,
  }));
  gauge(registry, "latchkey_gate_known_tokens", "Tokens in memory", () => memory.size);
  gauge(registry, "latchkey_gate_feed_proven", "1 while changes are heard as they happen", () =>
    isProven() ? 1 : 0,
  );
  return registry;
}

function counter(
  registry: Registry,
  name: string,
  help: string,
  label: string,
  read: () => Record<string, number>,
): void {
  new Counter({
    name,
    help,
    labelNames: [label],
    registers: [registry],
    collect() {
      this.reset();
      for (const [value, count] of Object.entries(read())) this.inc({ [label]: value }, count);
    },
  });
}

function gauge(registry: Registry, name: string, help: string, read: () => number): void {
  new Gauge({
    name,
    help,
    registers: [registry],
    collect() {
      this.set(read());
    },
  });
}
