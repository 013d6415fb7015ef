import type { TokenUseOutcome } from "@/db/enums";
import { hours, now } from "@/lib/clock";
import { once } from "@/lib/process";
import type { KnownRefusal } from "@/lib/tokens/verify-token";
import { type NotedUse, writeUses } from "@/lib/tokens/write-uses";

/** Callers told apart between two flushes, of all tokens and of one; a flood beyond them isn't. */
const capacity = 100_000;
const callersPerToken = 200;
/** Few enough to be written well within a statement's time. */
const rowsAtOnce = 1_000;
const longestUserAgent = 300;

/** One client of one token, and how often it came since the last flush. */
interface Caller extends Omit<NotedUse, "at"> {
  at: number;
}

interface Batch {
  byToken: Map<number, Map<string, Caller>>;
  size: number;
  flushing: Promise<void>;
}

const batch = () =>
  once<Batch>("use-batch", () => ({ byToken: new Map(), size: 0, flushing: Promise.resolve() }));

/** Notes that a token let its holder in (T8). Costs a map entry; the database hears of it at the next flush. */
export function noteUse(tokenId: number, ip: string | null, userAgent: string | null): void {
  note(tokenId, "accepted", ip, userAgent);
}

/** Notes that a token which is no longer good was tried (T11). */
export function noteRefusal(
  tokenId: number,
  why: KnownRefusal,
  ip: string | null,
  userAgent: string | null,
): void {
  note(tokenId, why === "account deactivated" ? "deactivated" : why, ip, userAgent);
}

/**
 * Writes what was noted since the last time. Called every few seconds and at shutdown; what couldn't be written stays
 * for the next time. One after the other: nothing is written twice.
 */
export function flushUses(): Promise<void> {
  const state = batch();
  state.flushing = state.flushing.catch(() => undefined).then(() => flush(state));
  return state.flushing;
}

function note(tokenId: number, outcome: TokenUseOutcome, ip: string | null, userAgent: string | null): void {
  const state = batch();
  let callers = state.byToken.get(tokenId);
  if (!callers) {
    if (state.size >= capacity) return;
    callers = new Map();
    state.byToken.set(tokenId, callers);
  }
  const key = `${outcome} ${ip} ${userAgent?.slice(0, longestUserAgent) ?? ""}`;
  let caller = callers.get(key);
  if (!caller) {
    const isTold = callers.size < callersPerToken && state.size < capacity;
    caller = isTold
      ? addCaller(state, callers, key, { tokenId, outcome, ip, userAgent })
      : (callers.get(outcome) ??
        addCaller(state, callers, outcome, { tokenId, outcome, ip: null, userAgent: null }));
  }
  caller.count++;
  caller.at = now().getTime();
}

function addCaller(
  state: Batch,
  callers: Map<string, Caller>,
  key: string,
  who: Pick<Caller, "tokenId" | "outcome" | "ip" | "userAgent">,
): Caller {
  const caller = { ...who, userAgent: who.userAgent?.slice(0, longestUserAgent) ?? null, count: 0, at: 0 };
  callers.set(key, caller);
  state.size++;
  return caller;
}

async function flush(state: Batch): Promise<void> {
  // In the order of the tokens' ids, so that two instances can't lock each other out.
  const noted = [...state.byToken]
    .sort(([a], [b]) => a - b)
    .flatMap(([, callers]) => [...callers.values()].filter(({ count }) => count > 0));
  for (let start = 0; start < noted.length; start += rowsAtOnce) {
    const slice = noted.slice(start, start + rowsAtOnce);
    const counts = slice.map(({ count }) => count);
    await writeUses(slice.map((caller) => ({ ...caller, at: new Date(caller.at) })));
    // What came meanwhile stays.
    slice.forEach((caller, index) => {
      caller.count -= counts[index] ?? 0;
    });
  }
  forgetWritten(state);
}

/** Who has been written is remembered until the hour is over, for the limit per token; unless room is short. */
function forgetWritten(state: Batch): void {
  const isShort = state.size > capacity / 2;
  const hour = Math.floor(now().getTime() / hours(1)) * hours(1);
  for (const [tokenId, callers] of state.byToken) {
    for (const [key, caller] of callers)
      if (caller.count === 0 && (isShort || caller.at < hour)) {
        callers.delete(key);
        state.size--;
      }
    if (callers.size === 0) state.byToken.delete(tokenId);
  }
}
