import { type SQL, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import { db } from "@/db/client";
import { type Count, countAbout, countedAtMost, estimate, farBeyondCounting } from "@/db/count-about";

interface ListQuery {
  /** A table with an `id`. */
  table: PgTable;
  condition: SQL | undefined;
  /** In terms of the table's columns, with `id` as the last. */
  order: SQL[];
  size: number;
  /** From 1. */
  page: number;
}

/** The ids of one page, and how many rows there are on all of them. */
export interface IdPage extends Count {
  ids: number[];
}

/** One page of what matches, by an index in its order; what comes before it is passed over by ids alone. */
export async function readPage(query: ListQuery): Promise<IdPage> {
  const { table, condition = sql`true` } = query;
  const [ids, count] = await Promise.all([
    walk(query),
    countAbout(sql`select from ${table} where ${condition}`),
  ]);
  return { ids, ...count };
}

interface SearchQuery extends ListQuery {
  /** Where the condition is about more than the table: what to walk along, in the table's order. */
  from?: SQL;
  /** Selects what matches, each row once, by index: `id` and the columns that the order is made of. */
  matches: SQL;
}

/**
 * The same for a search, of which nobody knows beforehand whether it finds three rows or a third of them all. Up to
 * 10,000 are collected, in whatever order an index finds them, sorted and counted in one go. Where there are more, or
 * far more are expected, a walk in the list's order comes across a page's worth soon.
 */
export async function readSearchedPage(query: SearchQuery): Promise<IdPage> {
  const { table, matches, order, size, page } = query;
  const expected = await estimate(matches);
  if (expected > farBeyondCounting) return { ids: await walk(query), total: expected, isEstimate: true };

  const { rows } = await db().execute<{ ids: string[]; total: string }>(sql`
    with found as materialized (${matches} limit ${countedAtMost + 1})
    select (select count(*) from found) as total, array(
      select id from found as ${table} order by ${sql.join(order, sql`, `)} limit ${size} offset ${size * (page - 1)}
    ) as ids`);
  const total = Number(rows[0]?.total);
  if (total <= countedAtMost) return { ids: (rows[0]?.ids ?? []).map(Number), total, isEstimate: false };
  return { ids: await walk(query), total: Math.max(total, expected), isEstimate: true };
}

async function walk(query: Omit<SearchQuery, "matches">): Promise<number[]> {
  const { table, condition = sql`true`, order, size, page } = query;
  const { rows } = await db().execute<{ id: string }>(sql`
    select ${table}.id from ${query.from ?? table} where ${condition}
    order by ${sql.join(order, sql`, `)} limit ${size} offset ${size * (page - 1)}`);
  return rows.map(({ id }) => Number(id));
}
