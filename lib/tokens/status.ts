import type { TokenStatus } from "@/db/enums";
import { days } from "@/lib/clock";

interface TokenTimes {
  expiresAt: Date | null;
  revokedAt: Date | null;
}

/** An active token with this long to go, or less, is `expiring` (T5). */
export const expiringWithin = days(14);

/** The status of a token at a moment: revoked before expired before expiring before active. */
export function tokenStatus({ expiresAt, revokedAt }: TokenTimes, at: Date): TokenStatus {
  if (revokedAt && revokedAt <= at) return "revoked";
  if (!expiresAt) return "active";
  const left = expiresAt.getTime() - at.getTime();
  if (left <= 0) return "expired";
  return left <= expiringWithin ? "expiring" : "active";
}

/** Whether a token with this status lets its holder in. */
export function isActive(status: TokenStatus): boolean {
  return status === "active" || status === "expiring";
}
