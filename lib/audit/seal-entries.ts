import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { auditSeals } from "@/db/schema";
import { selectEventsBetween } from "@/lib/audit/rows";
import { noHash, packEntries, sealedEntry, sealHash } from "@/lib/audit/seal-format";
import { findLastSeal } from "@/lib/audit/seals";
import { now } from "@/lib/clock";
import { once } from "@/lib/process";

/** Entries that one seal covers at the most; a break is found by reading as many. */
export const entriesPerSeal = 1_000;
/** A backlog, as after an upgrade, is caught up with bit by bit. */
const sealsPerRun = 100;

/** No entry up to `lastId` is still to come once every transaction older than `horizon` has ended. */
interface Frontier {
  lastId: number;
  horizon: string;
}

/**
 * Seals what was recorded since the last seal, as far as it is settled; called from time to time. Instances that do it
 * at once get in nobody's way: a seal's number is taken once, and who comes second leaves it.
 * @returns how many seals were made
 */
export async function sealEntries(): Promise<number> {
  const settledId = await findSettledId();
  if (settledId === undefined) return 0;
  let made = 0;
  while (made < sealsPerRun && (await sealNext(settledId))) made++;
  return made;
}

/**
 * The id up to which every entry that will ever exist can be seen now. Ids are taken before their transactions commit,
 * so a visible entry proves nothing about lower ids. What does:
 *
 * 1. An inserting transaction gets its own number (xid) before it takes an id from the sequence (db/schema.ts).
 * 2. We read the last id taken, and only then take an xid for ourselves. Transactions are numbered in order, so whoever
 *    had taken an id up to that one has a lower number than ours.
 * 3. When the oldest transaction still running (a snapshot's xmin) isn't older than our number, all those have ended.
 *    What they committed is visible to every later statement; ids that nobody has by then were rolled back.
 *
 * Until 3 holds, as beside a transaction that stays open for long, the same frontier is asked about again next time: a
 * new one each time might never hold on a busy system.
 */
async function findSettledId(): Promise<number | undefined> {
  const waiting = once("audit-frontier", () => ({ frontier: undefined as Frontier | undefined }));
  // Ours to the end: another run, beside this one, may have settled it and taken the next meanwhile.
  const frontier = waiting.frontier ?? (await takeFrontier());
  waiting.frontier = frontier;
  if (!(await isBehindUs(frontier))) return undefined;
  waiting.frontier = undefined;
  return frontier.lastId;
}

async function takeFrontier(): Promise<Frontier> {
  const last = await db().execute<{ last_id: string }>(
    sql`select case when is_called then last_value else last_value - 1 end as last_id from audit_events_id_seq`,
  );
  const own = await db().execute<{ xid: string }>(sql`select pg_current_xact_id()::text as xid`);
  return { lastId: Number(last.rows[0]?.last_id), horizon: String(own.rows[0]?.xid) };
}

async function isBehindUs({ horizon }: Frontier): Promise<boolean> {
  const { rows } = await db().execute<{ settled: boolean }>(
    sql`select pg_snapshot_xmin(pg_current_snapshot()) >= ${horizon}::xid8 as settled`,
  );
  return rows[0]?.settled === true;
}

/** @returns whether there was something to seal, and it was us who sealed it */
async function sealNext(settledId: number): Promise<boolean> {
  const last = await findLastSeal();
  const fromId = (last?.toId ?? 0) + 1;
  const rows = await selectEventsBetween(fromId, settledId, entriesPerSeal);
  const lastRow = rows.at(-1);
  if (!lastRow) return false;

  const entries = rows.map(sealedEntry);
  const seal = {
    number: (last?.number ?? 0) + 1,
    fromId,
    // Where no entry follows, the ids that were rolled back are covered too: nobody may slip one in later.
    toId: rows.length < entriesPerSeal ? settledId : lastRow.id,
    total: (last?.total ?? 0) + entries.length,
    sealedAt: now(),
    entries,
  };
  const inserted = await db()
    .insert(auditSeals)
    .values({
      ...seal,
      count: entries.length,
      entries: packEntries(entries),
      hash: sealHash(last?.hash ?? noHash, seal),
    })
    .onConflictDoNothing()
    .returning({ number: auditSeals.number });
  return inserted.length > 0;
}
