import { expect, it } from "vitest";
import { tokenStatus } from "@/lib/tokens/status";

const at = new Date("2026-11-23T12:00:00Z");
const inDays = (count: number) => new Date(at.getTime() + count * 86_400_000);

it.each([
  ["never expires", null, null, "active"],
  ["15 days to go", inDays(15), null, "active"],
  ["14 days to go", inDays(14), null, "expiring"],
  ["a second to go", new Date(at.getTime() + 1000), null, "expiring"],
  ["at its end", at, null, "expired"],
  ["revoked", inDays(15), inDays(-1), "revoked"],
  ["revoked and expired", inDays(-2), inDays(-1), "revoked"],
  ["to be revoked tomorrow", inDays(15), inDays(1), "active"],
] as const)("a token that %s (T5)", (_, expiresAt, revokedAt, expected) => {
  expect(tokenStatus({ expiresAt, revokedAt }, at)).toBe(expected);
});
