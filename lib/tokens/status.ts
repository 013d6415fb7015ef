import type { TokenStatus } from "@/db/enums";
import { days } from "@/lib/clock";
import { stillCalledWithinDays } from "@/lib/tokens/contract";

interface TokenTimes {
  expiresAt: Date | null;
  revokedAt: Date | null;
  /** The end of a rotation's overlap (T7). */
  retiresAt: Date | null;
}

/** An active token with this long to go, or less, is `expiring` (T5). */
export const expiringWithin = days(14);

/** When a token stops by what was done to it: revoked by hand, or retired by its rotation, whichever is first. */
export function stopsAt({ revokedAt, retiresAt }: Omit<TokenTimes, "expiresAt">): Date | null {
  if (!revokedAt || !retiresAt) return revokedAt ?? retiresAt;
  return revokedAt < retiresAt ? revokedAt : retiresAt;
}

/** The status of a token at a moment: revoked before expired before expiring before active. */
export function tokenStatus({ expiresAt, ...stops }: TokenTimes, at: Date): TokenStatus {
  const stop = stopsAt(stops);
  if (stop && stop <= at) return "revoked";
  if (!expiresAt) return "active";
  const left = expiresAt.getTime() - at.getTime();
  if (left <= 0) return "expired";
  return left <= expiringWithin ? "expiring" : "active";
}

/** Dead, and tried since, not long ago: a client was forgotten (T11). */
export function isStillCalled(
  { expiresAt, lastRefusedAt, ...stops }: TokenTimes & { lastRefusedAt: Date | null },
  at: Date,
): boolean {
  const ends = [stopsAt(stops), expiresAt].filter((end) => end !== null);
  const end = Math.min(...ends.map(Number));
  if (!lastRefusedAt || end > at.getTime()) return false;
  return lastRefusedAt.getTime() >= Math.max(end, at.getTime() - days(stillCalledWithinDays));
}

/** Whether a token with this status lets its holder in. */
export function isActive(status: TokenStatus): boolean {
  return status === "active" || status === "expiring";
}
