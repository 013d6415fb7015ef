import { and, gt, isNull, lt, lte, not, or, type SQL, sql } from "drizzle-orm";
import type { TokenStatus } from "@/db/enums";
import { tokens } from "@/db/schema";
import { days, now } from "@/lib/clock";
import { stillCalledWithinDays } from "@/lib/tokens/contract";
import { expiringWithin } from "@/lib/tokens/status";

/** When a token stops by what was done to it (lib/tokens/status.ts); null: never. */
const stop = sql`least(${tokens.revokedAt}, ${tokens.retiresAt})`;

/** The rule of lib/tokens/status.ts, in SQL; `active` includes `expiring`. */
export function hasStatus(status: TokenStatus): SQL {
  const at = now();
  const soon = new Date(at.getTime() + expiringWithin);
  const revoked = sql`coalesce(${stop} <= ${at}, false)`;
  switch (status) {
    case "revoked":
      return revoked;
    case "expired":
      return sql`${and(not(revoked), lte(tokens.expiresAt, at))}`;
    case "expiring":
      return sql`${and(not(revoked), gt(tokens.expiresAt, at), lte(tokens.expiresAt, soon))}`;
    case "active":
      return sql`${and(not(revoked), or(isNull(tokens.expiresAt), gt(tokens.expiresAt, at)))}`;
  }
}

/** The rule of lib/tokens/status.ts, in SQL. */
export function isStillCalled(): SQL {
  const recently = new Date(now().getTime() - days(stillCalledWithinDays));
  // Without an end, or a refusal, there is nothing to compare: null is no.
  return sql`coalesce(least(${stop}, ${tokens.expiresAt}) <= ${now()}
    and ${tokens.lastRefusedAt} >= least(${stop}, ${tokens.expiresAt})
    and ${tokens.lastRefusedAt} >= ${recently}, false)`;
}

/** Lets its holder in, and nobody came so far. */
export function isNeverUsed(): SQL {
  return sql`${and(hasStatus("active"), isNull(tokens.lastUsedAt))}`;
}

/** In the overlap of a rotation: the old token, while it still works, or its successor (T7). */
export function isRotating(): SQL {
  const isInOverlap = sql`${tokens.retiresAt} > ${now()} and ${hasStatus("active")}`;
  // Two plain look-ups: of the tokens with an end, and of those they are replaced by.
  const successors = sql`select ${tokens.id} from ${tokens} where ${isInOverlap}`;
  return sql`coalesce(${isInOverlap} or ${tokens.replacesId} in (${successors}), false)`;
}

/** Neither used nor made since. */
export function isQuietSince(moment: Date): SQL {
  return sql`${and(lt(tokens.createdAt, moment), or(isNull(tokens.lastUsedAt), lt(tokens.lastUsedAt, moment)))}`;
}
