import { describe, expect, it } from "vitest";
import { lockPatience } from "@/db/lock-patience";

/** What transactions get that begin one after the other, in a process that began here. */
function inTurn(count: number, start: number): number[] {
  const next = lockPatience(start);
  return Array.from({ length: count }, next);
}

const starts = Array.from({ length: 100 }, (_, index) => index / 100);

describe("how long a transaction waits for a lock", () => {
  it("is another for each of those under way at once: no two that wait for each other give up together", () => {
    for (const start of starts) {
      const turns = inTurn(200, start);
      for (let first = 0; first + 12 <= turns.length; first++) {
        const sorted = turns.slice(first, first + 12).sort((a, b) => a - b);
        const gaps = sorted.slice(1).map((ms, index) => ms - (sorted[index] ?? 0));
        expect(Math.min(...gaps)).toBeGreaterThanOrEqual(10);
      }
    }
  });

  it("is long enough to get through mostly, and three times in a row still an answer within two seconds", () => {
    for (const ms of starts.flatMap((start) => inTurn(200, start))) {
      expect(ms).toBeGreaterThanOrEqual(350);
      expect(3 * ms).toBeLessThan(2_000);
    }
  });
});
