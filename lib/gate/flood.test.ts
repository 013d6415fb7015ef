import { request as httpRequest } from "node:http";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { newToken, openTestGate } from "@/e2e/database/gate";
import { mintToken } from "@/lib/tokens/format";

const { inside, port, queryCount, statusOf } = openTestGate();

it("a flood of strangers costs few queries, no memory, and no good entry", async () => {
  const { secret } = await newToken();
  expect(await statusOf(secret)).toBe(200);
  const [queries, known] = [queryCount(), inside().memory.size];
  const [waves, wave] = [3, 20_000];
  const heap: number[] = [];
  for (let sent = 0; sent < waves; sent++) {
    const strangers = Array.from({ length: wave }, async () => inside().verifier.verify(mintToken("svc")));
    const verdicts = new Set((await Promise.all(strangers)).map(({ verdict }) => verdict));
    expect([...verdicts]).toEqual(["unknown"]);
    heap.push(heapUsed());
  }
  expect(queryCount() - queries).toBeLessThanOrEqual((waves * wave) / 500 + waves);
  expect(inside().memory.size).toBe(known);
  // What the first wave left behind is all there will be.
  expect((heap.at(-1) ?? 0) - (heap[0] ?? 0)).toBeLessThan(4_000_000);
  expect(await statusOf(secret)).toBe(200);
}, 300_000);

/** Bytes in use once what is of no more use is gone. */
function heapUsed(): number {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  return process.memoryUsage().heapUsed;
}

it("slow and idle connections harm nobody", async () => {
  const idle = await Promise.all(
    Array.from(
      { length: 500 },
      () =>
        new Promise<() => void>((resolve, reject) => {
          const sent = httpRequest(`http://127.0.0.1:${port()}/introspect`, {
            method: "POST",
            headers: { "content-length": 10 },
          });
          sent.on("error", () => {});
          sent.on("socket", (socket) => socket.once("connect", () => resolve(() => sent.destroy())));
          sent.once("error", reject);
          sent.flushHeaders();
        }),
    ),
  );
  const { secret } = await newToken();
  expect(await statusOf(secret)).toBe(200);
  for (const close of idle) close();
});
