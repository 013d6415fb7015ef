import { describe, expect, it } from "vitest";
import { NoTurn } from "@/db/failures";
import { turns } from "@/db/turns";

/** Work that goes on until it is let go, and a clock whose alarms ring when they are told to. */
function gate() {
  const alarms = new Set<() => void>();
  const begun: string[] = [];
  const endings = new Map<string, { end: () => void; fail: (error: Error) => void }>();
  const work = (name: string) => () =>
    new Promise<string>((resolve, reject) => {
      begun.push(name);
      endings.set(name, { end: () => resolve(name), fail: reject });
    });
  const inTurn = turns(1, {
    patienceMs: 5_000,
    alarm: (_ms, ring) => {
      alarms.add(ring);
      return () => alarms.delete(ring);
    },
    endsAll: (error) => error instanceof RangeError,
  });
  return { inTurn, work, begun, alarms, ends: (name: string) => endings.get(name) };
}

describe("who waits for a turn", () => {
  it("gets it in the order of coming", async () => {
    const { inTurn, work, begun, ends } = gate();
    const all = ["a", "b", "c"].map((name) => inTurn(work(name)));
    expect(begun).toEqual(["a"]);
    ends("a")?.end();
    await all[0];
    await expect.poll(() => begun).toEqual(["a", "b"]);
    ends("b")?.end();
    await expect.poll(() => begun).toEqual(["a", "b", "c"]);
    ends("c")?.end();
    expect(await Promise.all(all)).toEqual(["a", "b", "c"]);
  });

  it("for longer than anybody has patience is sent away, and those behind move up", async () => {
    const { inTurn, work, begun, alarms, ends } = gate();
    const first = inTurn(work("first"));
    const second = inTurn(work("second"));
    const [ring] = alarms;
    const third = inTurn(work("third"));
    ring?.();
    await expect(second).rejects.toBeInstanceOf(NoTurn);
    ends("first")?.end();
    await first;
    await expect.poll(() => begun).toEqual(["first", "third"]);
    ends("third")?.end();
    expect(await third).toBe("third");
    expect(alarms.size).toBe(0);
  });

  it("and has gone away meanwhile, or had before, gives up the place", async () => {
    const { inTurn, work, begun, alarms, ends } = gate();
    const client = new AbortController();
    const first = inTurn(work("first"));
    const second = inTurn(work("second"), client.signal);
    client.abort();
    await expect(second).rejects.toBeInstanceOf(NoTurn);
    await expect(inTurn(work("late"), client.signal)).rejects.toBeInstanceOf(NoTurn);
    expect(alarms.size).toBe(0);
    ends("first")?.end();
    await first;
    const next = inTurn(work("next"));
    ends("next")?.end();
    expect(await next).toBe("next");
    expect(begun).toEqual(["first", "next"]);
  });

  it("gets the next turn where the one before failed, unless that is a failure for all", async () => {
    const { inTurn, work, begun, ends } = gate();
    const [first, second, third] = ["first", "second", "third"].map((name) => inTurn(work(name)));
    ends("first")?.fail(new TypeError("mine alone"));
    await expect(first).rejects.toThrow("mine alone");
    await expect.poll(() => begun).toEqual(["first", "second"]);
    ends("second")?.fail(new RangeError("everybody's"));
    await expect(second).rejects.toThrow("everybody's");
    await expect(third).rejects.toThrow("everybody's");
    expect(begun).toEqual(["first", "second"]);
    const next = inTurn(work("next"));
    ends("next")?.end();
    expect(await next).toBe("next");
  });
});
