import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import { db } from "@/db/client";
import { tokens } from "@/db/schema";
import { newToken, openTestGate } from "@/e2e/database/gate";
import { system } from "@/e2e/database/instance";
import { changeToken } from "@/lib/tokens/change-token";
import { flushUses } from "@/lib/tokens/use-batch";

const { ask, introspect, statusOf, untilProven, verify } = openTestGate();

it("last use and refused uses reach the row by the next flush (T8, T11)", async () => {
  const { secret, tokenId } = await newToken();
  await verify(secret);
  await changeToken(system(), tokenId, { revoke: true });
  await expect.poll(() => statusOf(secret)).toBe(401);
  await flushUses();
  const [row] = await db().select().from(tokens).where(eq(tokens.id, tokenId));
  expect(row).toMatchObject({ lastUsedIp: "127.0.0.1", refusedCount: expect.any(Number) });
  expect(row?.refusedCount).toBeGreaterThan(0);
});

it("a token that a client sends as its name is not written down (T4)", async () => {
  const { secret, tokenId } = await newToken();
  await ask("/verify", {
    headers: { authorization: `Bearer ${secret}`, "user-agent": `sync/1 (${secret})` },
  });
  await flushUses();
  const [row] = await db().select().from(tokens).where(eq(tokens.id, tokenId));
  expect(row?.lastUsedUserAgent).toBe("sync/1 (lk_svc_…)");
});

it("to be asked about is a use, or a refused one (T8, T11)", async () => {
  const [asker, asked] = [await newToken(), await newToken()];
  await introspect(asker.secret, asked.secret);
  await changeToken(system(), asked.tokenId, { revoke: true });
  await expect.poll(async () => (await introspect(asker.secret, asked.secret)).body.active).toBe(false);
  await flushUses();
  const [row] = await db().select().from(tokens).where(eq(tokens.id, asked.tokenId));
  expect(row?.lastUsedAt).not.toBeNull();
  expect(row?.refusedCount).toBeGreaterThan(0);
});

it("tells Prometheus", async () => {
  await untilProven();
  const text = await (await ask("/metrics")).text();
  expect(text).toMatch(/^latchkey_gate_requests_total\{outcome="allowed"\} \d+$/m);
  expect(text).toMatch(/^latchkey_gate_feed_proven 1$/m);
  expect(text).toMatch(/^latchkey_gate_known_tokens \d+$/m);
});
