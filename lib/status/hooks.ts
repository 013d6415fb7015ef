import { queryOptions } from "@tanstack/react-query";
import { call, NoAnswer, RequestRefused } from "@/lib/http/client";
import type { Output } from "@/lib/http/endpoint";
import {
  type ClockCheck,
  type DatabaseCheck,
  type GateCheck,
  readConnectionChecks,
  type ScimCheck,
} from "@/lib/status/contract";

/** The checks as the browser sees them. What can't be known is absent, and never taken for healthy. */
export interface ConnectionChecks {
  api: { state: "answers" | "down"; version?: string; roundTripMs?: number; downSince?: Date };
  database?: DatabaseCheck & { downSince?: Date };
  gate?: GateCheck & { downSince?: Date };
  scim?: ScimCheck;
  /** `browserAheadMs`: this browser's clock against the server's, where an answer could tell. */
  clock?: ClockCheck & { browserAheadMs?: number };
}

const checksKey = ["connections", "checks"];
const recheckEveryMs = 30_000;

/** The checks, with every half minute anew. That something is down is an answer to them, not an error. */
export function connectionChecksQuery() {
  return queryOptions({
    queryKey: checksKey,
    queryFn: async ({ signal, client }): Promise<ConnectionChecks> => {
      const before = client.getQueryData<ConnectionChecks>(checksKey);
      const found = await check(signal);
      return {
        api: dated(found.api, before?.api),
        ...(found.database && { database: dated(found.database, before?.database) }),
        ...(found.gate && { gate: dated(found.gate, before?.gate) }),
        ...(found.scim && { scim: found.scim }),
        ...(found.clock && { clock: found.clock }),
      };
    },
    refetchInterval: recheckEveryMs,
    retry: false,
  });
}

/** What the server found while it rendered the page: that it could is the API's proof. */
export function checksOfPage({
  version,
  database,
  gate,
  scim,
  clock,
}: Output<typeof readConnectionChecks.answer>): ConnectionChecks {
  return {
    api: { state: "answers", version },
    database: dated(database),
    gate: dated(gate),
    ...(scim && { scim }),
    ...(clock && { clock }),
  };
}

async function check(signal: AbortSignal): Promise<ConnectionChecks> {
  const started = performance.now();
  try {
    const asked = Date.now();
    const { version, database, gate, scim, clock } = await call(readConnectionChecks, {}, { signal });
    const midway = (asked + Date.now()) / 2;
    return {
      api: { state: "answers", version, roundTripMs: since(started) },
      database,
      gate,
      ...(scim && { scim }),
      ...(clock && {
        clock: { ...clock, browserAheadMs: Math.round(midway - Date.parse(clock.server_time)) },
      }),
    };
  } catch (error) {
    if (error instanceof NoAnswer) return { api: { state: "down" } };
    // Who is asking is in the database too: without it, the API can say no more than this.
    if (error instanceof RequestRefused && error.code === "database_unavailable")
      return { api: { state: "answers", roundTripMs: since(started) }, database: downDatabase };
    throw error;
  }
}

const downDatabase: DatabaseCheck = { state: "down", version: null, migrations: null, round_trip_ms: null };

/** Keeps since when something has been found down. */
function dated<C extends { state: string; downSince?: Date }>(found: C, before?: { downSince?: Date }): C {
  return found.state === "down" ? { ...found, downSince: before?.downSince ?? new Date() } : found;
}

function since(started: number): number {
  return Math.round(performance.now() - started);
}
