import { performance } from "node:perf_hooks";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { isDatabaseUnavailable } from "@/db/failures";
import journal from "@/db/migrations/meta/_journal.json" with { type: "json" };
import { requirePermission } from "@/lib/access/permissions";
import type { Principal } from "@/lib/access/principal";
import { now } from "@/lib/clock";
import type { Output } from "@/lib/http/endpoint";
import { isoSeconds } from "@/lib/http/timestamps";
import { checkGate } from "@/lib/status/check-gate";
import { checkScim } from "@/lib/status/check-scim";
import type { ClockCheck, DatabaseCheck, readConnectionChecks } from "@/lib/status/contract";
import packageJson from "@/package.json" with { type: "json" };

/** A round trip that takes longer is worth a look: on a healthy network it is a fraction of this. */
const slowRoundTripMs = 250;
/** Tokens end to the second, so clocks that disagree by more are a fault. */
const tolerableOffsetMs = 1_000;

/** Checks what the instance hangs on. A database that doesn't answer is a finding, not a failure. */
export async function checkConnections(
  principal: Principal,
): Promise<Output<typeof readConnectionChecks.answer>> {
  requirePermission(principal, "connections:check");

  const [database, gate] = await Promise.all([checkDatabase(), checkGate()]);
  const isDown = database.state === "down";
  const clock = isDown ? null : await checkClock();
  const scim = isDown ? null : await checkScim();
  return { checked_at: isoSeconds(now()), version: packageJson.version, database, gate, scim, clock };
}

async function checkDatabase(): Promise<DatabaseCheck> {
  try {
    const version = await findVersion();
    const migrations = await countMigrations();
    const roundTripMs = await measureRoundTrip();
    const sound = migrations.pending === 0 && roundTripMs <= slowRoundTripMs;
    return { state: sound ? "healthy" : "degraded", version, migrations, round_trip_ms: roundTripMs };
  } catch (error) {
    if (!isDatabaseUnavailable(error)) throw error;
    return { state: "down", version: null, migrations: null, round_trip_ms: null };
  }
}

/** "PostgreSQL 18.4", without what a packager may have added. */
async function findVersion(): Promise<string> {
  const { rows } = await db().execute<{ server_version: string }>(sql`show server_version`);
  return `PostgreSQL ${rows[0]?.server_version.split(" ")[0] ?? ""}`.trim();
}

/** The migrations of this version that the database has had, by the time that each carries as its name. */
async function countMigrations(): Promise<{ applied: number; pending: number }> {
  const { rows } = await db().execute<{ created_at: string }>(
    sql`select created_at::text from drizzle.__drizzle_migrations`,
  );
  const had = new Set(rows.map(({ created_at }) => Number(created_at)));
  const pending = journal.entries.filter(({ when }) => !had.has(when)).length;
  return { applied: journal.entries.length - pending, pending };
}

/** On a connection that the statements before have opened. */
async function measureRoundTrip(): Promise<number> {
  const started = performance.now();
  await db().execute(sql`select 1`);
  return Math.round((performance.now() - started) * 10) / 10;
}

/** The database's clock against ours, half a round trip allowed for. */
async function checkClock(): Promise<ClockCheck> {
  const asked = now().getTime();
  const { rows } = await db().execute<{ ms: string }>(
    sql`select extract(epoch from clock_timestamp()) * 1000 as ms`,
  );
  const answered = now();
  const ahead = Math.round(Number(rows[0]?.ms) - (asked + answered.getTime()) / 2);
  return {
    state: Math.abs(ahead) <= tolerableOffsetMs ? "healthy" : "degraded",
    server_time: answered.toISOString(),
    database_ahead_ms: ahead,
  };
}
