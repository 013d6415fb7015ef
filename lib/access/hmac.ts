import { hash, type KeyObject } from "node:crypto";

const blockBytes = 64;
const hashBytes = 32;
const longestText = 128;

/**
 * HMAC-SHA-256 (RFC 2104) under one key, of many short texts: the same as `createHmac` gives, one character per byte.
 * That one makes an object outside the heap each time, for the sake of texts that come in parts; without it the gate
 * answers an eighth more requests from memory.
 * @returns takes texts of at most 128 characters. @throws RangeError for longer ones
 */
export function hmacUnder(key: KeyObject): (text: string) => string {
  const inner = Buffer.alloc(blockBytes + 3 * longestText);
  const outer = Buffer.alloc(blockBytes + hashBytes);
  const secret = key.export();
  if (secret.length > blockBytes)
    throw new RangeError("The key is longer than a block; it takes a hash of it.");
  for (let index = 0; index < blockBytes; index++) {
    inner[index] = (secret[index] ?? 0) ^ 0x36;
    outer[index] = (secret[index] ?? 0) ^ 0x5c;
  }
  return (text) => {
    if (text.length > longestText)
      throw new RangeError(`A text of ${text.length} characters; ${longestText} at most.`);
    const length = inner.write(text, blockBytes);
    outer.write(hash("sha256", inner.subarray(0, blockBytes + length), "binary"), blockBytes, "latin1");
    return hash("sha256", outer, "binary");
  };
}
