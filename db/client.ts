import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import { Pool, type PoolClient, type QueryConfig } from "pg";
import { isContention } from "@/db/failures";
import { lockPatience } from "@/db/lock-patience";
import { turns } from "@/db/turns";
import { once } from "@/lib/process";

/** Without the schema, which each new one would go through for some 0.2 ms: queries name their tables. */
export type Database = NodePgDatabase;
declare const inTransaction: unique symbol;
/** A connection inside a transaction; only `transaction` makes one, so what must not run alone asks for it. */
export type Transaction = Database & { readonly [inTransaction]: true };

/** A lost database must be an answer within two seconds: what waits longer than these is a failure. */
export const usualTimeouts = { connectTimeoutMs: 700, queryTimeoutMs: 1_200 };
/** A search that no index serves reads a million rows: slow, but not lost. */
const searchTimeoutMs = 10_000;

/** How long who searches waits for a turn: about as long as people do. */
const searchPatienceMs = 5_000;

/** Each time somebody gets through, so a second time is mostly enough; together still an answer within two seconds. */
const triesBesideOthers = 3;

export interface PoolOptions {
  /** Connections at the most. */
  max?: number;
  /** Plan a prepared statement once, not anew for each value; a pooler in between may refuse to be told. */
  genericPlans?: boolean;
  /** Milliseconds; a test on a machine that stalls now and then waits longer. */
  connectTimeoutMs?: number;
  queryTimeoutMs?: number;
  /** What each transaction in turn waits for a lock, in milliseconds. */
  nextLockTimeoutMs?: () => number;
}

/** Opens the process's pool on `url`; done once, by the start, before anything asks for `db()`. */
export function openPool(
  url: string,
  onIdleError: (error: Error) => void,
  { max = 12, genericPlans = false, nextLockTimeoutMs = lockPatience(), ...timeouts }: PoolOptions = {},
): Pool {
  once("lock-timeouts", () => nextLockTimeoutMs);
  return once("pool", () => {
    const { connectTimeoutMs, queryTimeoutMs } = { ...usualTimeouts, ...allowedBy(url), ...timeouts };
    const pool = new Pool({
      connectionString: url,
      application_name: "latchkey",
      max,
      ...(genericPlans ? { options: "-c plan_cache_mode=force_generic_plan" } : {}),
      connectionTimeoutMillis: connectTimeoutMs,
      query_timeout: queryTimeoutMs,
      idleTimeoutMillis: 30_000,
      keepAlive: true,
    });
    // A connection that breaks while idle is replaced at the next use; unheard, the event would end the process.
    pool.on("error", onIdleError);
    return pool;
  });
}

/**
 * What the operator's address allows a database that is slow or far away: `connect_timeout` in seconds, as PostgreSQL's own
 * programs take it. `query_timeout`, in milliseconds, the driver takes from there by itself.
 */
function allowedBy(url: string): Pick<PoolOptions, "connectTimeoutMs"> {
  const seconds = URL.canParse(url) ? Number(new URL(url).searchParams.get("connect_timeout")) : 0;
  return seconds > 0 ? { connectTimeoutMs: seconds * 1_000 } : {};
}

/** The process's pool. @throws when the start hasn't opened it */
export function pool(): Pool {
  return once("pool", () => {
    throw new Error("The database is used before the start has opened it.");
  });
}

/** The database, for a statement on its own. */
export function db(): Database {
  return once("database", () => drizzle(pool()));
}

/**
 * Runs `work` in one transaction: commits what it returns, rolls back what it throws. A connection that can't roll
 * back within a moment is thrown away, so a stopped database costs one failed request per connection and nothing
 * lasting.
 * @param work what it does outside the database must be safe to repeat: of transactions that wait for each other, or
 *   for too long, one is ended and run again
 */
export async function transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await runOnce(work);
    } catch (error) {
      if (tried === triesBesideOthers || !isContention(error)) throw error;
    }
  }
}

async function runOnce<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
  const client = await pool().connect();
  let broken: Error | undefined;
  try {
    await client.query(`begin; set local lock_timeout = ${nextLockTimeoutMs()}`);
    const result = await work(drizzle(client) as unknown as Transaction);
    await client.query("commit");
    return result;
  } catch (error) {
    broken = await rollBack(client);
    throw error;
  } finally {
    client.release(broken);
  }
}

function nextLockTimeoutMs(): number {
  return once("lock-timeouts", () => lockPatience())();
}

/**
 * Runs reads on one connection whose statements may take their time: searches by whatever somebody asks for. They take
 * turns in half of the pool's connections, so that the other half is there for those who are answered at once.
 * @param gone aborts when the client has gone: its place is then somebody else's
 * @throws NoTurn where too many search already
 */
export function searching<T>(work: (database: Database) => Promise<T>, gone?: AbortSignal): Promise<T> {
  const inTurn = once("search-turns", () =>
    turns(Math.ceil(pool().options.max / 2), { patienceMs: searchPatienceMs }),
  );
  return inTurn(() => patiently(work), gone);
}

async function patiently<T>(work: (database: Database) => Promise<T>): Promise<T> {
  const client = await pool().connect();
  const patient = {
    query: (config: QueryConfig, values?: unknown[]) =>
      client.query({ ...config, query_timeout: searchTimeoutMs } as QueryConfig, values),
  };
  let broken: Error | undefined;
  try {
    return await work(drizzle(patient as unknown as PoolClient));
  } catch (error) {
    // One that was given up on is still at work in the database.
    broken = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    client.release(broken);
  }
}

/** Rolls back; what it returns is why the connection is of no more use. */
async function rollBack(client: PoolClient): Promise<Error | undefined> {
  const statement = { text: "rollback", query_timeout: 300 };
  try {
    await client.query(statement);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
