import { createHmac, createSecretKey } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { hmacUnder } from "@/lib/access/hmac";

const keyOf = (bytes: Uint8Array) => createSecretKey(Buffer.from(bytes));

test("gives what createHmac gives, of any text and key, whatever came before", () => {
  const texts = fc.array(fc.string({ unit: "binary", maxLength: 64 }), { minLength: 1 });
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 64 }), texts, (secret, several) => {
      const key = keyOf(secret);
      const hmac = hmacUnder(key);
      for (const text of several)
        expect(hmac(text)).toBe(createHmac("sha256", key).update(text).digest("binary"));
    }),
  );
});

test("gives what RFC 4231 §4.3 says", () => {
  const hmac = hmacUnder(keyOf(Buffer.from("Jefe")));
  expect(Buffer.from(hmac("what do ya want for nothing?"), "latin1").toString("hex")).toBe(
    "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
  );
});

test("refuses a text that would not fit, and a key that would have to be hashed first", () => {
  expect(() => hmacUnder(keyOf(Buffer.alloc(32)))("x".repeat(129))).toThrow(RangeError);
  expect(() => hmacUnder(keyOf(Buffer.alloc(65)))).toThrow(RangeError);
});
