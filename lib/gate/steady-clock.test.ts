import { describe, expect, it } from "vitest";
import { steadyClock } from "@/lib/gate/steady-clock";

/** Two clocks that are moved by hand, and the one that is made of them. */
function setUp() {
  const at = { wall: 5_000, machine: 20 };
  const steady = steadyClock(
    () => at.wall,
    () => at.machine,
  );
  steady();
  const pass = (wall: number, machine = wall) => {
    at.wall += wall;
    at.machine += machine;
    return steady();
  };
  return { steady, pass };
}

describe("a clock that never goes back", () => {
  it("is the wall clock while nobody sets it", () => {
    const { pass } = setUp();
    expect([pass(1), pass(1_000)]).toEqual([5_001, 6_001]);
  });

  it("goes on at the same pace when the wall clock is set back, and when it is set right again", () => {
    const { pass } = setUp();
    expect(pass(-3_600_000, 10)).toBe(5_010);
    expect(pass(90)).toBe(5_100);
    expect(pass(3_600_010, 10)).toBe(5_110);
  });

  it("misses no time for which the machine slept", () => {
    const { pass } = setUp();
    expect(pass(60_000, 0)).toBe(65_000);
    expect(pass(1)).toBe(65_001);
  });
});
