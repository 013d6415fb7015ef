import type { BadgeVariant } from "@/components/ui/badge";
import type { ConnectionChecks } from "@/lib/status/hooks";

export type FindingState = "Healthy" | "Degraded" | "Down" | "Not checked";

/** One check as the screen tells it. */
export interface Finding {
  name: string;
  state: FindingState;
  /** What the state rests on. */
  evidence: { label: string; value: string }[];
  /** What is wrong and what to do about it. */
  advice?: string;
  downSince?: Date | undefined;
}

export const stateVariants: Record<FindingState, BadgeVariant> = {
  Healthy: "active",
  Degraded: "expiring",
  Down: "expired",
  "Not checked": "neutral",
};

/** Puts the checks into words. What isn't known is "Not checked", never healthy. */
export function findings({ api, database }: ConnectionChecks): Finding[] {
  return [
    apiFinding(api, database?.state === "down"),
    database ? databaseFinding(database) : uncheckedDatabase,
  ];
}

const uncheckedDatabase: Finding = {
  name: "Database",
  state: "Not checked",
  evidence: [],
  advice: "Only the API could tell.",
};

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
