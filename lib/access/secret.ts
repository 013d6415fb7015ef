import { createHmac, createSecretKey, hkdfSync, type KeyObject, timingSafeEqual } from "node:crypto";
import { hmacUnder } from "@/lib/access/hmac";
import { once } from "@/lib/process";

/** What the instance's secret is turned into; each purpose has a key of its own. */
export type KeyPurpose =
  | "token hash"
  | "one-time code"
  | "idempotency key"
  | "session cookie"
  | "rate limit"
  | "audit cursor"
  | "fingerprint";

const keys = () =>
  once("keys", () => ({
    secret: undefined as string | undefined,
    derived: new Map<KeyPurpose, KeyObject>(),
    prepared: new Map<KeyPurpose, (text: string) => string>(),
  }));

/** Hands the process its secret (32 bytes or more); done once, by the start. */
export function setInstanceSecret(secret: string): void {
  const held = keys();
  held.secret = secret;
  held.derived.clear();
  held.prepared.clear();
}

/** The 32-byte key for one purpose: HKDF-SHA-256 (RFC 5869) of the instance's secret. */
export function keyFor(purpose: KeyPurpose): KeyObject {
  const { secret, derived } = keys();
  if (secret === undefined) throw new Error("The instance's secret is used before the start has set it.");
  let key = derived.get(purpose);
  if (!key) {
    key = createSecretKey(Buffer.from(hkdfSync("sha256", secret, "latchkey", purpose, 32)));
    derived.set(purpose, key);
  }
  return key;
}

/** HMAC-SHA-256 of `text` under the key of that purpose. */
export function keyedHash(purpose: KeyPurpose, text: string): Buffer {
  return createHmac("sha256", keyFor(purpose)).update(text).digest();
}

/** The same of a short text (`hmacUnder`), one character per byte: cheaper to make, and fit to be a key. */
export function keyedHashText(purpose: KeyPurpose, text: string): string {
  const { prepared } = keys();
  let hmac = prepared.get(purpose);
  if (!hmac) {
    hmac = hmacUnder(keyFor(purpose));
    prepared.set(purpose, hmac);
  }
  return hmac(text);
}

/** Compares in constant time; false when the lengths differ. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.byteLength === b.byteLength && timingSafeEqual(a, b);
}
