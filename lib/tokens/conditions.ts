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

/** The rule of lib/tokens/status.ts, in SQL; its first line finds the few that were refused at all, by index. */
export function isStillCalled(): SQL {
  const recently = new Date(now().getTime() - days(stillCalledWithinDays));
  return sql`(${tokens.lastRefusedAt} >= ${recently}
    and ${tokens.lastRefusedAt} >= least(${stop}, ${tokens.expiresAt})
    and least(${stop}, ${tokens.expiresAt}) <= ${now()})`;
}

/** Lets its holder in, and nobody came so far. */
export function isNeverUsed(): SQL {
  return sql`(${and(hasStatus("active"), isNull(tokens.lastUsedAt))})`;
}

/** In the overlap of a rotation: the old token, while it still works, or its successor (T7). */
export function isRotating(): SQL {
  const old = sql`select ${tokens.id} from ${tokens} where ${tokens.retiresAt} > ${now()} and ${hasStatus("active")}`;
  return sql`${tokens.id} in (${old} union all select next.id from ${tokens} next where next.replaces_id in (${old}))`;
}

/** For the few to whom `condition` doesn't apply as for those to whom it isn't so: unknown is no. */
export function isNot(condition: SQL): SQL {
  return sql`not coalesce(${condition}, false)`;
}

/** Neither used nor made since. */
export function isQuietSince(moment: Date): SQL {
  return sql`${and(lt(tokens.createdAt, moment), or(isNull(tokens.lastUsedAt), lt(tokens.lastUsedAt, moment)))}`;
}
