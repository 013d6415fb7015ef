import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { tokens, users } from "@/db/schema";
import { now } from "@/lib/clock";
import { once } from "@/lib/process";

interface Use {
  at: Date;
  ip: string | null;
  userAgent: string | null;
}
interface Refusal extends Omit<Use, "userAgent"> {
  count: number;
}

/** At most this many tokens are remembered between two flushes; a flood beyond it isn't told apart. */
const capacity = 50_000;

const batch = () =>
  once("use-batch", () => ({ uses: new Map<number, Use>(), refusals: new Map<number, Refusal>() }));

/** Notes that a token was used (T8). Costs a map entry; the database hears of it at the next flush. */
export function noteUse(tokenId: number, ip: string | null, userAgent: string | null): void {
  const { uses } = batch();
  if (uses.size < capacity || uses.has(tokenId)) uses.set(tokenId, { at: now(), ip, userAgent });
}

/** Notes that a revoked or expired token was tried (T11). */
export function noteRefusal(tokenId: number, ip: string | null): void {
  const { refusals } = batch();
  const count = (refusals.get(tokenId)?.count ?? 0) + 1;
  if (refusals.size < capacity || refusals.has(tokenId)) refusals.set(tokenId, { at: now(), ip, count });
}

/**
 * Writes what was noted since the last time; `last_used_at` only moves forward. Called every few seconds and at
 * shutdown. On failure the notes stay for the next time.
 */
export async function flushUses(): Promise<void> {
  const { uses, refusals } = batch();
  const used = drain(uses);
  const refused = drain(refusals);
  try {
    await writeUses(used);
    used.length = 0;
    await writeRefusals(refused);
  } catch (error) {
    for (const [id, use] of used) if (!uses.has(id)) uses.set(id, use);
    for (const [id, refusal] of refused) {
      const since = refusals.get(id);
      refusals.set(id, since ? { ...since, count: since.count + refusal.count } : refusal);
    }
    throw error;
  }
}

async function writeUses(used: [number, Use][]): Promise<void> {
  if (used.length === 0) return;
  // Rows are locked in the order of their ids, so that two instances can't lock each other out.
  await db().execute(sql`
    with noted as (
      select * from unnest(
        ${sql.param(used.map(([id]) => id))}::bigint[],
        ${sql.param(used.map(([, use]) => use.at.toISOString()))}::timestamptz[],
        ${sql.param(used.map(([, use]) => use.ip))}::inet[],
        ${sql.param(used.map(([, use]) => use.userAgent?.slice(0, 300) ?? null))}::text[]
      ) as noted (id, at, ip, user_agent)
    ), locked as (
      select ${tokens.id} as id, ${tokens.userId} as user_id from ${tokens}
      where ${tokens.id} in (select id from noted) order by ${tokens.id} for no key update
    ), seen as (
      update ${users} set last_seen_at = greatest(${users.lastSeenAt}, latest.at)
      from (select user_id, max(noted.at) as at from locked join noted using (id) group by user_id) latest
      where ${users.id} = latest.user_id and (${users.lastSeenAt} is null or ${users.lastSeenAt} < latest.at)
    )
    update ${tokens} set last_used_at = noted.at, last_used_ip = noted.ip, last_used_user_agent = noted.user_agent
    from noted join locked using (id)
    where ${tokens.id} = noted.id and (${tokens.lastUsedAt} is null or ${tokens.lastUsedAt} < noted.at)`);
}

async function writeRefusals(refused: [number, Refusal][]): Promise<void> {
  if (refused.length === 0) return;
  await db().execute(sql`
    with noted as (
      select * from unnest(
        ${sql.param(refused.map(([id]) => id))}::bigint[],
        ${sql.param(refused.map(([, refusal]) => refusal.at.toISOString()))}::timestamptz[],
        ${sql.param(refused.map(([, refusal]) => refusal.ip))}::inet[],
        ${sql.param(refused.map(([, refusal]) => refusal.count))}::bigint[]
      ) as noted (id, at, ip, count)
    ), locked as (
      select ${tokens.id} as id from ${tokens}
      where ${tokens.id} in (select id from noted) order by ${tokens.id} for no key update
    )
    update ${tokens} set
      refused_count = ${tokens.refusedCount} + noted.count,
      last_refused_at = greatest(${tokens.lastRefusedAt}, noted.at),
      last_refused_ip = noted.ip
    from noted join locked using (id) where ${tokens.id} = noted.id`);
}

/** Takes everything out, in the order of the ids. */
function drain<T>(map: Map<number, T>): [number, T][] {
  const entries = [...map].sort(([a], [b]) => a - b);
  map.clear();
  return entries;
}
