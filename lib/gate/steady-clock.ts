import { performance } from "node:perf_hooks";

/**
 * The time of day, in milliseconds, for telling how long ago something was: it never goes back. It follows the wall
 * clock forwards, since the machine's own clock may stand still while the machine sleeps; when the wall clock is set
 * back, it goes on by the machine's.
 */
export function steadyClock(wall: () => number, machine = () => performance.now()): () => number {
  let ahead = Number.NEGATIVE_INFINITY;
  return () => {
    const passed = machine();
    ahead = Math.max(ahead, wall() - passed);
    return passed + ahead;
  };
}
