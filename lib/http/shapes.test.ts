import { expect, it } from "vitest";
import { idParams } from "@/lib/http/shapes";

it.each(["1", "42", "9007199254740991"])("%s is an id", (id) => {
  expect(idParams.parse({ id })).toEqual({ id: Number(id) });
});

// An id has one spelling: under another, an Idempotency-Key would be another one.
it.each(["0", "01", "-0", "+1", "1e3", "1.0", " 1", "0x1", "９", "9007199254740992", ""])(
  "%j is none",
  (id) => {
    expect(idParams.safeParse({ id }).success).toBe(false);
  },
);
