import { expect, it } from "vitest";
import { tokenStatus } from "@/lib/tokens/status";

const at = new Date("2026-11-23T12:00:00Z");
const inDays = (count: number) => new Date(at.getTime() + count * 86_400_000);

it.each([
  ["never expiring", null, null, null, "active"],
  ["with 15 days to go", inDays(15), null, null, "active"],
  ["with 14 days to go", inDays(14), null, null, "expiring"],
  ["with a second to go", new Date(at.getTime() + 1000), null, null, "expiring"],
  ["at its end", at, null, null, "expired"],
  ["revoked", inDays(15), inDays(-1), null, "revoked"],
  ["revoked and expired", inDays(-2), inDays(-1), null, "revoked"],
  ["to be revoked tomorrow", inDays(15), inDays(1), null, "active"],
  ["rotated, a second of overlap to go", null, null, new Date(at.getTime() + 1000), "active"],
  ["rotated, at the end of its overlap", inDays(15), null, at, "revoked"],
  ["revoked by hand inside its overlap", null, inDays(-1), inDays(1), "revoked"],
] as const)("a token that is %s (T5, T7)", (_, expiresAt, revokedAt, retiresAt, expected) => {
  expect(tokenStatus({ expiresAt, revokedAt, retiresAt }, at)).toBe(expected);
});
