import type { KnownAccount } from "@/lib/gate/known-account";

/** What the gate knows of one token: all it takes to answer for it. Times are milliseconds since 1970. */
export interface KnownToken {
  tokenId: number;
  scim: boolean;
  issuedAt: number;
  /** Infinity: never. */
  expiresAt: number;
  /** Infinity: not revoked. May lie ahead, at the end of a rotation's overlap. */
  revokedAt: number;
  account: KnownAccount;
  /** When the database was asked. */
  loadedAt: number;
}

export type Verdict = "good" | "expired" | "revoked" | "account deactivated";

/** Whether the token is good at a moment: its ends are kept to the millisecond, without a message. */
export function verdictAt(token: KnownToken, at: number): Verdict {
  if (token.revokedAt <= at) return "revoked";
  if (token.expiresAt <= at) return "expired";
  return token.account.active ? "good" : "account deactivated";
}
