import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";

/** The channel on which every instance hears of changes. */
export const changesChannel = "latchkey_changes";

/** What a change was to: one token, everything about one account, or the members and name of one team. */
export type ChangedThing = "token" | "user" | "team";

/** PostgreSQL ends payloads at 8,000 bytes; an id takes at most 16 and its comma. */
const idsPerMessage = 450;

/**
 * Tells every gate, when and only if the transaction commits, that what it knows of this thing, or these, is out of
 * date. Many go into few messages; the commit order is the order of arrival.
 */
export async function announce(
  tx: Transaction,
  thing: ChangedThing,
  ids: number | readonly number[],
): Promise<void> {
  const all = typeof ids === "number" ? [ids] : ids;
  for (let start = 0; start < all.length; start += idsPerMessage) {
    const payload = `${thing}:${all.slice(start, start + idsPerMessage).join(",")}`;
    await tx.execute(sql`select pg_notify(${changesChannel}, ${payload})`);
  }
}

/** What `announce` said; undefined for anything else on the channel. */
export function readAnnouncement(payload: string): { thing: ChangedThing; ids: number[] } | undefined {
  const [, thing, ids] = /^(token|user|team):(\d+(?:,\d+)*)$/.exec(payload) ?? [];
  return ids === undefined ? undefined : { thing: thing as ChangedThing, ids: ids.split(",").map(Number) };
}
