import { expect, it } from "vitest";
import { findings } from "@/components/connections/findings";
import type { ConnectionChecks } from "@/lib/status/hooks";

const soundDatabase: ConnectionChecks["database"] = {
  state: "healthy",
  version: "PostgreSQL 18.4",
  migrations: { applied: 2, pending: 0 },
  round_trip_ms: 0.4,
};
const soundClock = {
  state: "healthy" as const,
  server_time: "2026-11-05T12:34:56.789Z",
  database_ahead_ms: 2,
};
const sound: ConnectionChecks = {
  api: { state: "answers", version: "0.1.0", roundTripMs: 12 },
  database: soundDatabase,
  gate: { state: "healthy", port: 3001, round_trip_ms: 0.9 },
  clock: { ...soundClock, browserAheadMs: 400 },
  scim: { state: "ready", last_request: null, last_error: null },
};
const statesOf = (checks: ConnectionChecks) => findings(checks).map(({ name, state }) => `${name} ${state}`);

it("is healthy with evidence", () => {
  const found = findings(sound);
  expect(found.map(({ state }) => state)).toEqual([
    "Healthy",
    "Healthy",
    "Healthy",
    "Healthy",
    "Ready — no request received yet",
  ]);
  expect(found.flatMap(({ evidence }) => evidence.map(({ value }) => value))).toEqual([
    "0.1.0",
    "Within 12 ms",
    "PostgreSQL 18.4",
    "2 applied, none pending",
    "0.4 ms",
    "3001",
    "Within 0.9 ms",
    "In step with the server",
    "400 ms ahead of the server",
  ]);
});

it("an API without its database isn't healthy", () => {
  const database = { ...soundDatabase, state: "down" as const };
  expect(statesOf({ ...sound, database })).toContain("API Degraded");
  expect(statesOf({ ...sound, database })).toContain("Database Down");
});

it("what only an unreachable API could tell is not checked, never healthy", () => {
  expect(statesOf({ api: { state: "down" } })).toEqual([
    "API Down",
    "Database Not checked",
    "Gate Not checked",
    "Clocks Not checked",
    "SCIM Not checked",
  ]);
});

it("pending migrations say what to do", () => {
  const database = { ...soundDatabase, state: "degraded" as const, migrations: { applied: 1, pending: 1 } };
  expect(findings({ api: { state: "answers" }, database })[1]).toMatchObject({
    state: "Degraded",
    advice: expect.stringContaining("Restart Latchkey"),
  });
});

it.each([
  ["not_configured", "Not configured"],
  ["down", "Down"],
  ["degraded", "Degraded"],
] as const)("a gate that is %s", (state, told) => {
  const [finding] = findings({ ...sound, gate: { state, port: 3001, round_trip_ms: null } }).slice(2);
  expect(finding).toMatchObject({ state: told, advice: expect.any(String) });
});

it("says nothing of a browser's clock that no answer has told of yet", () => {
  const [finding] = findings({ ...sound, clock: soundClock }).slice(3);
  expect(finding?.evidence.map(({ label }) => label)).toEqual(["Database"]);
});

it.each([
  ["the database's clock is off", { state: "degraded" as const, database_ahead_ms: -2_400 }, "NTP"],
  ["this browser's clock is off", { browserAheadMs: 120_000 }, "this computer's clock"],
])("%s", (_, off, advice) => {
  const [finding] = findings({ ...sound, clock: { ...soundClock, ...off } }).slice(3);
  expect(finding).toMatchObject({ state: "Degraded", advice: expect.stringContaining(advice) });
});
