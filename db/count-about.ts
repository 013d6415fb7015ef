import { type SQL, sql } from "drizzle-orm";
import { db } from "@/db/client";

/** How many rows there are, and whether nobody has counted them all. */
export interface Count {
  total: number;
  isEstimate: boolean;
}

/** Counting further would take longer than reading the page. */
export const countedAtMost = 10_000;

/** Where the statistics expect more than this, they may be far off, and it is still not worth counting. */
export const farBeyondCounting = 50_000;

/**
 * How many rows `query` finds: counted up to 10,000; beyond that as the database's statistics have it, rounded to what
 * they are worth. The query selects nothing (`select from …`), so that an index alone may answer it.
 */
export async function countAbout(query: SQL): Promise<Count> {
  const expected = await estimate(query);
  if (expected > farBeyondCounting) return { total: expected, isEstimate: true };
  const counted = await db().execute<{ total: string }>(
    sql`select count(*) as total from (${query} limit ${countedAtMost + 1}) counted`,
  );
  const total = Number(counted.rows[0]?.total);
  if (total <= countedAtMost) return { total, isEstimate: false };
  return { total: Math.max(total, expected), isEstimate: true };
}

/** How many rows the planner expects, in round figures. Its statistics follow the table some minutes behind. */
export async function estimate(query: SQL): Promise<number> {
  const { rows } = await db().execute<{ "QUERY PLAN": [{ Plan: { "Plan Rows": number } }] }>(
    sql`explain (format json) ${query}`,
  );
  return toTwoDigits(rows[0]?.["QUERY PLAN"][0].Plan["Plan Rows"] ?? 0);
}

function toTwoDigits(count: number): number {
  if (count < 100) return count;
  const unit = 10 ** (Math.floor(Math.log10(count)) - 1);
  return Math.round(count / unit) * unit;
}
