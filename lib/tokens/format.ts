import { randomInt } from "node:crypto";
import { crc32 } from "node:zlib";
import { keyedHash, keyedHashText } from "@/lib/access/secret";

/** `svc` of a service account, `pat` personal, `scim` works on SCIM only. */
export type TokenKind = "svc" | "pat" | "scim";

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const randomLength = 43;
const checksumLength = 6;
const shape = /^lk_(svc|pat|scim)_[0-9A-Za-z]{49}$/;

/** A new secret of the given kind (T3): prefix, 43 uniformly drawn characters (256 bits), checksum. */
export function mintToken(kind: TokenKind): string {
  let body = `lk_${kind}_`;
  for (let drawn = 0; drawn < randomLength; drawn++) body += alphabet.charAt(randomInt(alphabet.length));
  return body + checksumOf(body);
}

/** The kind of a well-formed token; `undefined` for a wrong shape or checksum, found without a look at the database. */
export function tokenKind(text: string): TokenKind | undefined {
  if (!shape.test(text) || checksumIn(text) !== crc32(text.slice(0, -checksumLength))) return undefined;
  return text.slice("lk_".length, text.indexOf("_", "lk_".length)) as TokenKind;
}

/** A text with each token in it cut to its prefix (T4): clients put them where they don't belong, as in a path. */
export function withoutTokens(text: string): string {
  return text.replace(/lk_(svc|pat|scim)_[0-9A-Za-z]{20,}/g, "lk_$1_…");
}

/** What is kept of a token (T4): HMAC-SHA-256 under a key of the instance. */
export function hashToken(text: string): Buffer {
  return keyedHash("token hash", text);
}

/** `hashToken`, one character per byte: what the gate's memory goes by. */
export function hashKey(text: string): string {
  return keyedHashText("token hash", text);
}

/** CRC-32 (IEEE) in base 62, most significant digit first, padded with `0` to six. */
function checksumOf(body: string): string {
  let rest = crc32(body);
  let digits = "";
  for (let place = 0; place < checksumLength; place++) {
    digits = alphabet.charAt(rest % alphabet.length) + digits;
    rest = Math.floor(rest / alphabet.length);
  }
  return digits;
}

/** The number that the last six characters stand for; beyond 32 bits it is no checksum. */
function checksumIn(text: string): number {
  let number = 0;
  for (let index = text.length - checksumLength; index < text.length; index++)
    number = number * alphabet.length + digitOf(text.charCodeAt(index));
  return number;
}

/** `0`–`9`, `A`–`Z`, `a`–`z`: three runs of ASCII. */
function digitOf(code: number): number {
  if (code <= 0x39) return code - 0x30;
  return code <= 0x5a ? code - 0x41 + 10 : code - 0x61 + 36;
}
