import { randomBytes } from "node:crypto";
import { keyedHash } from "@/lib/access/secret";

/** A code for a link's fragment: 256 bits, URL-safe. */
export function mintOneTimeCode(): string {
  return randomBytes(32).toString("base64url");
}

/** What is kept of it. */
export function hashOneTimeCode(code: string): Buffer {
  return keyedHash("one-time code", code);
}
