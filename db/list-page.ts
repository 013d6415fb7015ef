import { and, asc, desc, gt, gte, lt, lte, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import { type Database, db, searching } from "@/db/client";
import { type Count, countAbout, countedAtMost, estimate, farBeyondCounting } from "@/db/count-about";

/** How a list is ordered, in terms of its table's columns, with `id` as the last: equal rows stay in one order too. */
export interface ListOrder {
  by: SQL[];
  /** Where no one index has this order: the parts of the list, one after the other, that have one each. */
  stretches?: Stretch[];
}

/** A part of a list that is walked by an index of its own. */
export interface Stretch {
  /** What the list goes along here: joins another table to the list's. */
  along?: SQL;
  condition?: SQL;
  by: SQL[];
  /** Where nothing more is asked of the list's rows: what tells how many stand before a page without looking at them. */
  steps?: Steps;
}

/** A narrow table of one row for each of a stretch, with what the stretch is ordered by first. */
export interface Steps {
  table: PgTable;
  condition?: SQL;
  step: SQLWrapper;
  way: "asc" | "desc";
}

interface ListQuery {
  /** A table with an `id`. */
  table: PgTable;
  condition: SQL | undefined;
  order: ListOrder;
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
    walk(db(), query),
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
 * far more are expected, a walk in the list's order comes across a page's worth soon. One or two letters, which no index
 * knows, get the time that it takes to read the whole table.
 * @param gone aborts when nobody waits for it any more
 */
export async function readSearchedPage(query: SearchQuery, gone?: AbortSignal): Promise<IdPage> {
  // Not by the patient connection: whether the database answers at all shows soon.
  const expected = await estimate(query.matches);
  return searching((database) => searchIn(database, query, expected), gone);
}

async function searchIn(database: Database, query: SearchQuery, expected: number): Promise<IdPage> {
  const { table, matches, order, size, page } = query;
  if (expected > farBeyondCounting)
    return { ids: await walk(database, query), total: expected, isEstimate: true };

  const { rows } = await database.execute<{ ids: string[]; total: string }>(sql`
    with found as materialized (${matches} limit ${countedAtMost + 1})
    select (select count(*) from found) as total, array(
      select id from found as ${table} order by ${commas(order.by)} limit ${size} offset ${size * (page - 1)}
    ) as ids`);
  const total = Number(rows[0]?.total);
  if (total <= countedAtMost) return { ids: (rows[0]?.ids ?? []).map(Number), total, isEstimate: false };
  return { ids: await walk(database, query), total: Math.max(total, expected), isEstimate: true };
}

type Walk = Omit<SearchQuery, "matches">;

async function walk(database: Database, query: Walk): Promise<number[]> {
  const { order, size, page } = query;
  const [first = order, ...others] = order.stretches ?? [];
  let skipped = size * (page - 1);
  const ids = await read(database, query, first, size, skipped);
  let before = first;
  for (const stretch of others) {
    if (ids.length === size) break;
    // A stretch that gave something has been passed over to where the page begins.
    if (ids.length > 0) skipped = 0;
    else if (skipped > 0) skipped -= await countAll(database, query, before);
    ids.push(...(await read(database, query, stretch, size - ids.length, skipped)));
    before = stretch;
  }
  return ids;
}

async function read(
  database: Database,
  query: Walk,
  stretch: Stretch,
  limit: number,
  offset: number,
): Promise<number[]> {
  const near = stretch.steps && offset > 0 ? await stepOver(database, stretch.steps, offset) : { offset };
  if (!near) return [];
  const { rows } = await database.execute<{ id: string }>(sql`
    select ${query.table}.id ${fromWhere(query, { ...stretch, condition: and(stretch.condition, near.from) })}
    order by ${commas(stretch.by)} limit ${limit} offset ${near.offset}`);
  return rows.map(({ id }) => Number(id));
}

/** From which step on a page is to be looked for, and how much stands before it there; undefined past the end. */
async function stepOver(
  database: Database,
  { table, condition = sql`true`, step, way }: Steps,
  offset: number,
): Promise<{ from?: SQL; offset: number } | undefined> {
  const [before, from, order] = way === "asc" ? [lt, gte, asc] : [gt, lte, desc];
  const { rows } = await database.execute<{ step: string; passed: string }>(sql`
    with place as (
      select ${step} as step from ${table} where ${condition} order by ${order(step)} limit 1 offset ${offset}
    )
    select place.step::text as step, (
      select count(*) from ${table} where ${condition} and ${before(step, sql`place.step`)}
    ) as passed from place`);
  const [found] = rows;
  return (
    found && { from: from(step, sql`${found.step}::timestamptz`), offset: offset - Number(found.passed) }
  );
}

async function countAll(database: Database, query: Walk, stretch: Stretch): Promise<number> {
  const { steps } = stretch;
  const all = steps
    ? sql`from ${steps.table} where ${steps.condition ?? sql`true`}`
    : fromWhere(query, stretch);
  const { rows } = await database.execute<{ total: string }>(sql`select count(*) as total ${all}`);
  return Number(rows[0]?.total);
}

function fromWhere({ table, from = sql`${table}`, condition }: Walk, stretch: Stretch): SQL {
  return sql`from ${from} ${stretch.along ?? sql``} where ${and(condition, stretch.condition) ?? sql`true`}`;
}

function commas(parts: SQL[]): SQL {
  return sql.join(parts, sql`, `);
}
