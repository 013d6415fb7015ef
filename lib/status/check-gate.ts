import { performance } from "node:perf_hooks";
import { env } from "@/lib/env";
import { ownAddress } from "@/lib/http/own-address";
import type { GateCheck } from "@/lib/status/contract";

const patienceMs = 1_000;

/** Asks the gate beside this server whether it can vouch for tokens. That it doesn't answer is a finding. */
export async function checkGate(): Promise<GateCheck> {
  const { gateHost, gatePort: port } = env();
  if (port === 0) return { state: "not_configured", port: null, round_trip_ms: null };

  const started = performance.now();
  try {
    const answer = await fetch(`${ownAddress(gateHost, port)}/healthz`, {
      signal: AbortSignal.timeout(patienceMs),
      cache: "no-store",
    });
    await answer.arrayBuffer();
    const round_trip_ms = Math.round((performance.now() - started) * 10) / 10;
    return { state: answer.ok ? "healthy" : "degraded", port, round_trip_ms };
  } catch {
    return { state: "down", port, round_trip_ms: null };
  }
}
