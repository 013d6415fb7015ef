import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";

/** The channel on which every instance hears of changes. */
export const changesChannel = "latchkey_changes";

/** What a change was to: one token, everything about one account, or the members and name of one team. */
export type ChangedThing = "token" | "user" | "team";

/**
 * Tells every gate, when and only if the transaction commits, that what it knows of this thing is out of date. One
 * message per thing: payloads are short and the commit order is the order of arrival.
 */
export async function announce(tx: Transaction, thing: ChangedThing, id: number): Promise<void> {
  await tx.execute(sql`select pg_notify(${changesChannel}, ${`${thing}:${id}`})`);
}

/** What `announce` said; undefined for anything else on the channel. */
export function readAnnouncement(payload: string): { thing: ChangedThing; id: number } | undefined {
  const [, thing, id] = /^(token|user|team):(\d+)$/.exec(payload) ?? [];
  return thing === undefined ? undefined : { thing: thing as ChangedThing, id: Number(id) };
}
