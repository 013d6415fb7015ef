import { Agent, request } from "node:http";
import { performance } from "node:perf_hooks";
import { eq } from "drizzle-orm";
import { percentile } from "@/bench/figures";
import { makeTokens } from "@/bench/seed-tokens";
import { startGate } from "@/bench/servers";
import { inSetting, say } from "@/bench/setting";
import { db, openPool, pool } from "@/db/client";
import { tokens as tokensTable } from "@/db/schema";
import { systemPrincipal } from "@/lib/access/principal";
import { changeToken } from "@/lib/tokens/change-token";
import { hashToken } from "@/lib/tokens/format";

/*
 * npm run bench:revocation: a token is revoked here, by the verb that the API calls, while a gate in another process
 * is asked for it again and again. Measured from the moment the revocation has been answered until the gate's first
 * "no", over 1,000 revocations.
 */

const revocations = 1_000;
const port = 4890;

await inSetting(async (setting) => {
  const tokens = await makeTokens(setting, revocations);
  await startGate(setting, port);
  openPool(setting.database.url, () => {});
  try {
    const waits: number[] = [];
    const agent = new Agent({ keepAlive: true, maxSockets: 4 });
    for (const token of tokens) waits.push(await revokeAndWait(agent, token));
    const at = (share: number) => percentile(waits, share).toFixed(2);
    say(
      `${revocations} revocations, from the answer to the gate's first no, ms: p50 ${at(0.5)}, p99 ${at(0.99)}, max ${at(0.9999)}`,
    );
  } finally {
    await pool().end();
  }
});

async function revokeAndWait(agent: Agent, token: string): Promise<number> {
  const [row] = await db()
    .select({ id: tokensTable.id })
    .from(tokensTable)
    .where(eq(tokensTable.hash, hashToken(token)));
  if ((await statusOf(agent, token)) !== 200) throw new Error("The gate refuses a token that is good.");
  let firstNo = 0;
  let stop = false;
  const asking = (async () => {
    while (!stop)
      if ((await statusOf(agent, token)) === 401 && firstNo === 0) {
        firstNo = performance.now();
        return;
      }
  })();
  const principal = systemPrincipal("command", { id: "bench", ip: null, userAgent: null, baseUrl: "" });
  await changeToken(principal, row?.id ?? 0, { revoke: true });
  const answered = performance.now();
  const impatience = setTimeout(() => {
    stop = true;
  }, 5_000);
  await asking;
  clearTimeout(impatience);
  if (firstNo === 0) throw new Error("The gate still says yes after five seconds.");
  return Math.max(0, firstNo - answered);
}

function statusOf(agent: Agent, token: string): Promise<number> {
  return new Promise((resolve, reject) => {
    request(
      { agent, host: "127.0.0.1", port, path: "/verify", headers: { authorization: `Bearer ${token}` } },
      (response) => {
        response.resume();
        response.on("end", () => resolve(response.statusCode ?? 0));
      },
    )
      .on("error", reject)
      .end();
  });
}
