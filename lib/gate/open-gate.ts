import type { IncomingMessage, ServerResponse } from "node:http";
import type { Pool } from "pg";
import { ChangeFeed, usualProofValidMs } from "@/lib/gate/change-feed";
import { gateHandler } from "@/lib/gate/handler";
import { loadTokens } from "@/lib/gate/load-tokens";
import { gateMetrics } from "@/lib/gate/metrics";
import { steadyClock } from "@/lib/gate/steady-clock";
import { type MemoryLimits, TokenMemory, usualLimits } from "@/lib/gate/token-memory";
import { Verifier } from "@/lib/gate/verifier";
import { noteRefusal, noteUse } from "@/lib/tokens/use-batch";

export interface GateParts {
  /** For questions; a pooler may stand in between. */
  pool: Pool;
  /** Whether that pool's connections keep prepared statements. */
  prepared: boolean;
  /** For hearing of changes: a direct connection. */
  listenUrl: string;
  /** How long what was last proven is served while neither feed nor database answers. */
  staleMs: number;
  addressOf: (request: IncomingMessage) => string;
  onError: (what: string, error: unknown) => void;
  limits?: MemoryLimits;
  /** The time of day, by which tokens expire. */
  now?: () => number;
}

/** The gate's parts, put together; it answers as soon as it is open. */
export interface Gate {
  handle: (request: IncomingMessage, response: ServerResponse) => void;
  verifier: Verifier;
  memory: TokenMemory;
  feed: ChangeFeed;
  close(): Promise<void>;
}

/** Opens a gate: from here on it hears of changes and answers requests handed to `handle`. */
export function openGate({
  pool,
  prepared,
  listenUrl,
  staleMs,
  addressOf,
  onError,
  limits = usualLimits,
  now = Date.now,
}: GateParts): Gate {
  const clock = steadyClock(now);
  const memory = new TokenMemory(limits, clock);
  const feed = new ChangeFeed(
    {
      url: listenUrl,
      announce: (channel, payload) => pool.query("select pg_notify($1, $2)", [channel, payload]),
      onChange: (thing, id) => memory.forget(thing, id),
      onGap: () => memory.doubt(),
      onError: (error) => onError("the feed of changes was lost", error),
      proofValidMs: Math.min(usualProofValidMs, staleMs),
    },
    clock,
  );
  const verifier = new Verifier({
    memory,
    load: (hashes, at) =>
      loadTokens(pool, hashes, prepared, at, (id, source) => memory.accountOf(id, source)),
    feed,
    staleMs,
    clock,
    now,
    onLoadError: (error) => onError("tokens could not be read", error),
  });
  const counts = { allowed: 0, unauthenticated: 0, forbidden: 0, unavailable: 0, other: 0 };
  const registry = gateMetrics({ outcomes: counts, verifier, memory, isProven: () => feed.isProven() });
  const handle = gateHandler({
    verifier,
    addressOf,
    noteUse,
    noteRefusal,
    isHealthy: () => feed.isProven() || clock() - feed.lastProof <= staleMs,
    metrics: async () => ({ type: registry.contentType, text: await registry.metrics() }),
    counts,
  });
  feed.start();
  return { handle, verifier, memory, feed, close: () => feed.stop() };
}
