import { expect, it } from "vitest";
import { seal, unseal } from "@/lib/idempotency/seal";

const key = "k".repeat(32);

it("a sealed answer opens with its key, in its place", () => {
  expect(unseal(seal("the answer", key, "here"), key, "here")).toBe("the answer");
});

it("and with no other key, place or bytes", () => {
  const sealed = seal("the answer", key, "here");
  expect(() => unseal(sealed, "x".repeat(32), "here")).toThrow();
  expect(() => unseal(sealed, key, "there")).toThrow();
  sealed[sealed.length - 1] = (sealed[sealed.length - 1] ?? 0) ^ 1;
  expect(() => unseal(sealed, key, "here")).toThrow();
});

it("the same answer is sealed differently each time", () => {
  expect(seal("the answer", key, "here").equals(seal("the answer", key, "here"))).toBe(false);
});
