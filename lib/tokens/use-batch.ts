import type { TokenUseOutcome } from "@/db/enums";
import { now, startOfHour } from "@/lib/clock";
import { once } from "@/lib/process";
import { withoutTokens } from "@/lib/tokens/format";
import type { KnownRefusal } from "@/lib/tokens/verify-token";
import { type NotedUse, writeUses } from "@/lib/tokens/write-uses";

/** Callers told apart between two flushes, of all tokens and of one; a flood beyond them isn't. */
const capacity = 100_000;
const callersPerToken = 200;
/** Few enough to be written well within a statement's time, and to keep nobody waiting while they are put together. */
const rowsAtOnce = 250;
const longestUserAgent = 300;

/** One client of one token, and how often it came since the last flush. */
interface Caller extends Omit<NotedUse, "at"> {
  at: number;
}

/** Who came with one token. It is mostly who came last, and mostly alone: a map is made for the second. */
interface Callers {
  latest: Caller;
  byKey?: Map<string, Caller>;
}

interface Batch {
  byToken: Map<number, Callers>;
  size: number;
  /** Those with something to write. */
  touched: Caller[];
  /** The one that is remembered; its beginning. */
  hour: number;
  flushing: Promise<void>;
}

const batch = () =>
  once<Batch>("use-batch", () => ({
    byToken: new Map(),
    size: 0,
    touched: [],
    hour: 0,
    flushing: Promise.resolve(),
  }));

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
  const callers = state.byToken.get(tokenId);
  const caller =
    callers && isOf(callers.latest, outcome, ip, userAgent)
      ? callers.latest
      : findOrAdd(state, callers, { tokenId, outcome, ip, userAgent });
  if (!caller) return;
  if (caller.count === 0) state.touched.push(caller);
  caller.count++;
  caller.at = now().getTime();
}

function isOf(
  caller: Caller,
  outcome: TokenUseOutcome,
  ip: string | null,
  userAgent: string | null,
): boolean {
  return caller.userAgent === userAgent && caller.ip === ip && caller.outcome === outcome;
}

type Who = Pick<Caller, "tokenId" | "outcome" | "ip" | "userAgent">;

/** Undefined where there is no room for another token. */
function findOrAdd(state: Batch, callers: Callers | undefined, given: Who): Caller | undefined {
  const userAgent = given.userAgent && withoutTokens(given.userAgent).slice(0, longestUserAgent);
  const who = { ...given, userAgent };
  if (!callers) {
    if (state.size >= capacity) return undefined;
    const caller = { ...who, count: 0, at: 0 };
    state.byToken.set(who.tokenId, { latest: caller });
    state.size++;
    return caller;
  }
  callers.byKey ??= new Map([[keyOf(callers.latest), callers.latest]]);
  callers.latest =
    callers.byKey.get(keyOf(who)) ??
    (callers.byKey.size < callersPerToken && state.size < capacity
      ? add(state, callers.byKey, who)
      : untold(state, callers.byKey, who));
  return callers.latest;
}

function add(state: Batch, byKey: Map<string, Caller>, who: Who): Caller {
  const caller = { ...who, count: 0, at: 0 };
  byKey.set(keyOf(who), caller);
  state.size++;
  return caller;
}

/** Stands for all who aren't told apart. */
function untold(state: Batch, byKey: Map<string, Caller>, { tokenId, outcome }: Who): Caller {
  const who = { tokenId, outcome, ip: null, userAgent: null };
  return byKey.get(keyOf(who)) ?? add(state, byKey, who);
}

function keyOf({ outcome, ip, userAgent }: Who): string {
  return `${outcome} ${ip ?? ""} ${userAgent ?? ""}`;
}

function all({ latest, byKey }: Callers): Caller[] {
  return byKey ? [...byKey.values()] : [latest];
}

async function flush(state: Batch): Promise<void> {
  // In the order of the tokens' ids, so that two instances can't lock each other out.
  const noted = state.touched.sort((a, b) => a.tokenId - b.tokenId);
  state.touched = [];
  let written = 0;
  try {
    while (written < noted.length) {
      const slice = noted.slice(written, written + rowsAtOnce);
      const counts = slice.map(({ count }) => count);
      await writeUses(slice.map((caller) => ({ ...caller, at: new Date(caller.at) })));
      written += slice.length;
      slice.forEach((caller, index) => {
        caller.count -= counts[index] ?? 0;
        // What came meanwhile stays.
        if (caller.count > 0) state.touched.push(caller);
      });
    }
  } finally {
    state.touched = state.touched.concat(noted.slice(written));
  }
  forgetWritten(state);
}

/** Who has been written is remembered until the hour is over, for the limit per token; unless room is short. */
function forgetWritten(state: Batch): void {
  const isShort = state.size > capacity / 2;
  const hour = startOfHour(now()).getTime();
  if (hour === state.hour && !isShort) return;
  state.hour = hour;
  for (const [tokenId, callers] of state.byToken) {
    const known = all(callers);
    const kept = known.filter(({ count, at }) => count > 0 || !(isShort || at < hour));
    if (kept.length === known.length) continue;
    state.size -= known.length - kept.length;
    const [latest] = kept;
    if (latest)
      state.byToken.set(tokenId, {
        latest,
        byKey: new Map(kept.map((caller) => [keyOf(caller), caller])),
      });
    else state.byToken.delete(tokenId);
  }
}
