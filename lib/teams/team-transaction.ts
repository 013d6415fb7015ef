import { type Transaction, transaction } from "@/db/client";
import { isDatabaseUnavailable, isPoolExhausted } from "@/db/failures";
import { type InTurn, turns } from "@/db/turns";
import type { Principal } from "@/lib/access/principal";
import { once } from "@/lib/process";

/** Identity providers come back late where they are refused, and wait longer than this for an answer. */
const patienceMs = 10_000;

interface Queue {
  inTurn: InTurn;
  /** Who has a turn or waits for one. */
  present: number;
}

/**
 * A transaction that changes these teams, or who is in them. Those of this process that are about the same team take
 * turns before they take a connection: waiting for its row instead, they would keep the connections from everybody else,
 * and each have to be lucky within the time that a lock is waited for. Holding its row is still what keeps changes apart,
 * those of other instances too.
 * @throws NoTurn
 */
export async function teamTransaction<T>(
  { request }: Principal,
  teamIds: readonly number[],
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  // In one order, so that two who take several can't wait for each other.
  const inOrder = [...new Set(teamIds)].sort((a, b) => b - a);
  return inOrder.reduce<() => Promise<T>>(
    (inner, id) => () => inTurnOf(id, inner, request.gone),
    () => transaction(work),
  )();
}

async function inTurnOf<T>(id: number, work: () => Promise<T>, gone: AbortSignal | undefined): Promise<T> {
  const queues = once("team-turns", () => new Map<number, Queue>());
  const queue = queues.get(id) ?? newQueue();
  queues.set(id, queue);
  queue.present++;
  try {
    return await queue.inTurn(work, gone);
  } finally {
    if (--queue.present === 0) queues.delete(id);
  }
}

/** That the database doesn't answer is told to all at once: in turn, the last would hear of it much too late. */
function newQueue(): Queue {
  const endsAll = (error: unknown) => isDatabaseUnavailable(error) && !isPoolExhausted(error);
  return { inTurn: turns(1, { patienceMs, endsAll }), present: 0 };
}
