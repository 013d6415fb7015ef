import { scimFinding } from "@/components/connections/scim-finding";
import type { BadgeVariant } from "@/components/ui/badge";
import type { ConnectionChecks } from "@/lib/status/hooks";

export type FindingState =
  | "Healthy"
  | "Degraded"
  | "Down"
  | "Not configured"
  | "Not checked"
  | "Connected"
  | "Quiet"
  | "Ready — no request received yet";

/** A fact, or a moment (ISO 8601), with a word about it. */
export type Evidence = { label: string; value: string } | { label: string; at: string; value?: string };

/** One check as the screen tells it. */
export interface Finding {
  name: string;
  state: FindingState;
  /** What the state rests on. */
  evidence: Evidence[];
  /** What is wrong and what to do about it. */
  advice?: string;
  downSince?: Date | undefined;
  /** Where to go from here. */
  action?: { label: string; href: string };
}

export const stateVariants: Record<FindingState, BadgeVariant> = {
  Healthy: "active",
  Degraded: "expiring",
  Down: "expired",
  "Not configured": "neutral",
  "Not checked": "neutral",
  Connected: "active",
  Quiet: "neutral",
  "Ready — no request received yet": "neutral",
};

/** Puts the checks into words. What isn't known is "Not checked", never healthy. */
export function findings({ api, database, gate, scim, clock }: ConnectionChecks): Finding[] {
  return [
    apiFinding(api, database?.state === "down"),
    database ? databaseFinding(database) : unchecked("Database"),
    gate ? gateFinding(gate) : unchecked("Gate"),
    clock ? clockFinding(clock) : unchecked("Clocks"),
    scim ? scimFinding(scim) : unchecked("SCIM"),
  ];
}

function unchecked(name: string): Finding {
  return { name, state: "Not checked", evidence: [], advice: "Only the API could tell." };
}

function apiFinding(
  { state, version, roundTripMs, downSince }: ConnectionChecks["api"],
  withoutDatabase: boolean,
): Finding {
  if (state === "down")
    return { name: "API", state: "Down", evidence: [], advice: "The server can't be reached.", downSince };
  return {
    name: "API",
    state: withoutDatabase ? "Degraded" : "Healthy",
    evidence: [
      ...(version === undefined ? [] : [{ label: "Version", value: version }]),
      {
        label: "Answered",
        value: roundTripMs === undefined ? "With this page" : `Within ${roundTripMs} ms`,
      },
    ],
    ...(withoutDatabase && { advice: "It answers every request with 503 until the database is back." }),
  };
}

function databaseFinding(database: NonNullable<ConnectionChecks["database"]>): Finding {
  const { state, version, migrations, round_trip_ms, downSince } = database;
  if (state === "down")
    return {
      name: "Database",
      state: "Down",
      evidence: [],
      advice: "It doesn't answer. Nothing can be read or changed until it does.",
      downSince,
    };

  const pending = migrations?.pending ?? 0;
  return {
    name: "Database",
    state: state === "healthy" ? "Healthy" : "Degraded",
    evidence: [
      { label: "Engine", value: version ?? "Unknown" },
      {
        label: "Migrations",
        value: `${migrations?.applied ?? 0} applied, ${pending === 0 ? "none" : pending} pending`,
      },
      { label: "Round trip", value: `${round_trip_ms ?? 0} ms` },
    ],
    ...(state === "degraded" && {
      advice:
        pending > 0
          ? "Its tables are older than this version. Restart Latchkey to apply what is pending."
          : "It answers slowly. Look at its load and at the network in between.",
    }),
  };
}

function gateFinding({
  state,
  port,
  round_trip_ms,
  downSince,
}: NonNullable<ConnectionChecks["gate"]>): Finding {
  const name = "Gate";
  switch (state) {
    case "not_configured":
      return {
        name,
        state: "Not configured",
        evidence: [],
        advice: "No service can ask about tokens: GATE_PORT is 0.",
      };
    case "down":
      return {
        name,
        state: "Down",
        evidence: [{ label: "Port", value: String(port) }],
        advice: "It doesn't answer: the services behind it let nobody in. The log says why it ended.",
        downSince,
      };
    default:
      return {
        name,
        state: state === "healthy" ? "Healthy" : "Degraded",
        evidence: [
          { label: "Port", value: String(port) },
          { label: "Answered", value: `Within ${round_trip_ms ?? 0} ms` },
        ],
        ...(state === "degraded" && {
          advice: "It answers, but has had no proof from the database for too long to vouch for any token.",
        }),
      };
  }
}

/** From here on the relative times that a browser shows are plainly wrong. */
const noticeableOffsetMs = 30_000;

function clockFinding({
  state,
  database_ahead_ms,
  browserAheadMs,
}: NonNullable<ConnectionChecks["clock"]>): Finding {
  const browserIsOff = browserAheadMs !== undefined && Math.abs(browserAheadMs) > noticeableOffsetMs;
  return {
    name: "Clocks",
    state: state === "healthy" && !browserIsOff ? "Healthy" : "Degraded",
    evidence: [
      { label: "Database", value: offset(database_ahead_ms) },
      ...(browserAheadMs === undefined ? [] : [{ label: "This browser", value: offset(browserAheadMs) }]),
    ],
    ...(state === "degraded"
      ? { advice: "Tokens expire by the server's clock. Keep it and the database's in step by NTP." }
      : browserIsOff && {
          advice: "Times shown as “3 minutes ago” are off by as much: set this computer's clock.",
        }),
  };
}

/** A clock against the server's. */
function offset(aheadMs: number): string {
  const apart = Math.abs(aheadMs);
  if (apart < 50) return "In step with the server";
  const amount = apart < 1_000 ? `${apart} ms` : `${(apart / 1_000).toFixed(1)} s`;
  return `${amount} ${aheadMs > 0 ? "ahead of" : "behind"} the server`;
}
