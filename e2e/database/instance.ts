import { eq, sql } from "drizzle-orm";
import { Client } from "pg";
import { afterAll, beforeAll, vi } from "vitest";
import { db, openPool, type PoolOptions, pool, transaction } from "@/db/client";
import type { Role } from "@/db/enums";
import { users } from "@/db/schema";
import { createTestDatabase } from "@/e2e/database/cluster";
import { type Principal, systemPrincipal } from "@/lib/access/principal";
import { setInstanceSecret } from "@/lib/access/secret";
import { findUserRow } from "@/lib/users/rows";

export const testRequest = {
  id: "00000000-test",
  ip: "192.0.2.7",
  userAgent: "vitest",
  baseUrl: "http://latchkey.test",
};

/** A shared machine may stall for seconds, which is no fault of what is tested. */
const patient = { connectTimeoutMs: 15_000, queryTimeoutMs: 15_000, nextLockTimeoutMs: () => 15_000 };

/**
 * Gives the test file a database of its own, open to `db()`, and a secret.
 * @param options of its pool; it is patient unless told, since timeouts are for those tests that are about them
 */
export function openTestInstance(options: PoolOptions = {}): void {
  let drop: () => Promise<void>;
  let ending = false;
  beforeAll(async () => {
    const database = await createTestDatabase();
    drop = database.drop;
    setInstanceSecret("a secret of the tests, thirty-two bytes and more");
    const onIdleError = (error: Error) => {
      // Dropping the database cuts connections that are still saying goodbye.
      if (!ending) throw error;
    };
    openPool(database.url, onIdleError, { ...patient, ...options });
  });
  afterAll(async () => {
    ending = true;
    await pool().end();
    await drop();
  });
}

/** Runs what fills a table: it may take longer than the pool waits for an answer. */
export async function fill(...statements: string[]): Promise<void> {
  const client = new Client({ connectionString: pool().options.connectionString });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Until another connection waits for a lock that somebody holds. */
export async function untilSomebodyWaits(): Promise<void> {
  const waiting = sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  const look = async () => {
    const { rowCount } = await db().execute(waiting);
    if (rowCount === 0) throw new Error("No other connection came to wait for a lock.");
  };
  await vi.waitFor(look, { timeout: 30_000, interval: 20 });
}

/** Latchkey itself, as an Admin. */
export function system(): Principal {
  return systemPrincipal("command", { ...testRequest });
}

/** The principal that a user of this id would be, by session or token. */
export async function principalOf(id: number, extra: Partial<Principal> = {}): Promise<Principal> {
  const row = await findUserRow(db(), eq(users.id, id));
  if (!row) throw new Error(`There is no user ${id}.`);
  const { userId, name, userType, role } = row;
  return { user: { id, userId, name, userType, role }, request: { ...testRequest }, ...extra };
}

/** The number of who exists. */
export function idOf({ user }: Principal): number {
  if (user.id === null) throw new Error(`${user.name} has no number.`);
  return user.id;
}

export async function makeTeams(...names: string[]): Promise<void> {
  const { createTeam } = await import("@/lib/teams/create-team");
  for (const name of names) await createTeam(system(), { name, description: null });
}

let made = 0;

/** What every `administrator` signs in with. */
export const password = "a long enough password";

/** An administrator who can sign in, with their `user_id` as the e-mail. */
export async function administrator(): Promise<Principal> {
  const { insertAdministrator } = await import("@/lib/sign-in/insert-administrator");
  const input = { name: `Administrator ${++made}`, email: `administrator${made}@example.com`, password };
  const { id } = await transaction((tx) => insertAdministrator(tx, system(), input));
  return principalOf(id);
}

/** A person with this role, who exists. */
export async function person(role: Role): Promise<Principal> {
  const { createPerson } = await import("@/lib/users/create-person");
  const email = `person${++made}@example.com`;
  const { id } = await createPerson(system(), {
    user_type: "User",
    name: `Person ${made}`,
    email,
    role,
    teams: [],
  });
  return principalOf(id);
}

/** A service account with this role, who exists. */
export async function service(role: Role, teams: string[] = []): Promise<Principal> {
  const { createServiceAccount } = await import("@/lib/users/create-service-account");
  const { id } = await createServiceAccount(system(), {
    user_type: "Service",
    name: `Service ${++made}`,
    role,
    teams,
  });
  return principalOf(id);
}

/** What `work` was refused with. */
export async function problemOf(
  work: Promise<unknown>,
): Promise<{ status: number; code: string; message: string; fields: string[] }> {
  const { Problem } = await import("@/lib/errors");
  try {
    await work;
  } catch (error) {
    if (error instanceof Problem)
      return {
        status: error.status,
        code: error.code,
        message: error.message,
        fields: error.errors.map(({ field }) => field),
      };
    throw error;
  }
  throw new Error("It was not refused.");
}
