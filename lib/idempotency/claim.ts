import { Problem } from "@/lib/errors";

/** What an `Idempotency-Key` is claimed for: this principal's, on this operation, with this body. */
export interface IdempotencyClaim {
  key: string;
  method: string;
  /** The operation's path with its parameters, without query: one spelling for `/users` and `/api/users`. */
  path: string;
  /** The validated body, as canonical JSON. */
  body: string;
  /** Set when the answer is the first one's again. */
  replayed: boolean;
}

/** Keys from this length on are long enough to seal an answer under. */
export const sealingKeyLength = 32;

const acceptable = /^[\x21-\x7E]{1,255}$/;

/**
 * Reads the header.
 * @throws Problem `malformed_request` (400) for a key that isn't 1 to 255 visible ASCII characters
 */
export function readIdempotencyKey(header: string | null): string | undefined {
  if (header === null) return undefined;
  if (acceptable.test(header)) return header;
  throw new Problem(
    "malformed_request",
    "Idempotency-Key takes 1 to 255 visible ASCII characters without spaces.",
  );
}
