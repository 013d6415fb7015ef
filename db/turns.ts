import { NoTurn } from "@/db/failures";

/** Does something for one who has a turn. `gone` aborts when nobody waits for the outcome any more. */
export type InTurn = <T>(work: () => Promise<T>, gone?: AbortSignal) => Promise<T>;

interface Manners {
  /** How long anybody waits, in milliseconds. */
  patienceMs: number;
  /** Rings after so many milliseconds, unless called off by what it returns. */
  alarm?: (ms: number, ring: () => void) => () => void;
  /** Whether what failed for one would fail for all who wait: they are told at once, not each in turn. */
  endsAll?: (error: unknown) => boolean;
}

/**
 * Lets at most so many do something at a time; who comes beyond that waits, in the order of coming. Whose patience ends,
 * or whose client has gone, is refused with `NoTurn` and has done nothing.
 */
export function turns(
  atATime: number,
  { patienceMs, alarm = afterMs, endsAll = () => false }: Manners,
): InTurn {
  /** In the order of coming; each is told that its turn has come, or why it never will. */
  const waiting = new Set<(refusal?: unknown) => void>();
  let working = 0;

  const wait = (gone?: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      const leave = () => settle(new NoTurn());
      const settle = (refusal?: unknown) => {
        waiting.delete(settle);
        callOff();
        gone?.removeEventListener("abort", leave);
        if (refusal === undefined) resolve();
        else reject(refusal);
      };
      const callOff = alarm(patienceMs, leave);
      gone?.addEventListener("abort", leave);
      waiting.add(settle);
      if (gone?.aborted) leave();
    });

  return async (work, gone) => {
    if (working === atATime) await wait(gone);
    else working++;
    try {
      return await work();
    } catch (error) {
      if (endsAll(error)) for (const settle of [...waiting]) settle(error);
      throw error;
    } finally {
      // A turn is handed on: nobody who comes just now gets ahead of those that wait.
      const [next] = waiting;
      if (next) next();
      else working--;
    }
  };
}

function afterMs(ms: number, ring: () => void): () => void {
  const timer = setTimeout(ring, ms);
  return () => clearTimeout(timer);
}
