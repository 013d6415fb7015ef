import { expect, it } from "vitest";
import { findings } from "@/components/connections/findings";
import type { ConnectionChecks } from "@/lib/status/hooks";

const soundDatabase: ConnectionChecks["database"] = {
  state: "healthy",
  version: "PostgreSQL 18.4",
  migrations: { applied: 2, pending: 0 },
  round_trip_ms: 0.4,
};
const statesOf = (checks: ConnectionChecks) => findings(checks).map(({ name, state }) => `${name} ${state}`);

it("is healthy with evidence", () => {
  const found = findings({
    api: { state: "answers", version: "0.1.0", roundTripMs: 12 },
    database: soundDatabase,
  });
  expect(found.map(({ state }) => state)).toEqual(["Healthy", "Healthy"]);
  expect(found.flatMap(({ evidence }) => evidence.map(({ value }) => value))).toEqual([
    "0.1.0",
    "Within 12 ms",
    "PostgreSQL 18.4",
    "2 applied, none pending",
    "0.4 ms",
  ]);
});

it("an API without its database isn't healthy", () => {
  const database = { ...soundDatabase, state: "down" as const };
  expect(statesOf({ api: { state: "answers" }, database })).toEqual(["API Degraded", "Database Down"]);
});

it("what only an unreachable API could tell is not checked, never healthy", () => {
  expect(statesOf({ api: { state: "down" } })).toEqual(["API Down", "Database Not checked"]);
});

it("pending migrations say what to do", () => {
  const database = { ...soundDatabase, state: "degraded" as const, migrations: { applied: 1, pending: 1 } };
  expect(findings({ api: { state: "answers" }, database })[1]).toMatchObject({
    state: "Degraded",
    advice: expect.stringContaining("Restart Latchkey"),
  });
});
