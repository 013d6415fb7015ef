import { queryOptions } from "@tanstack/react-query";
import { call, NoAnswer, RequestRefused } from "@/lib/http/client";
import type { Output } from "@/lib/http/endpoint";
import { type DatabaseCheck, readConnectionChecks } from "@/lib/status/contract";

/** The checks as the browser sees them. What can't be known is absent, and never taken for healthy. */
export interface ConnectionChecks {
  api: { state: "answers" | "down"; version?: string; roundTripMs?: number; downSince?: Date };
  database?: DatabaseCheck & { downSince?: Date };
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
        database: found.database && dated(found.database, before?.database),
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
}: Output<typeof readConnectionChecks.answer>): ConnectionChecks {
  return { api: { state: "answers", version }, database: dated(database) };
}

async function check(signal: AbortSignal): Promise<ConnectionChecks> {
  const started = performance.now();
  try {
    const { version, database } = await call(readConnectionChecks, {}, { signal });
    return { api: { state: "answers", version, roundTripMs: since(started) }, database };
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
