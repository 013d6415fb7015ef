import type { Transaction } from "@/db/client";
import type { AuditAction, AuditTargetType } from "@/db/enums";
import { auditEvents } from "@/db/schema";
import type { Actor } from "@/lib/access/principal";
import { now } from "@/lib/clock";

interface AuditDetails {
  target?: { type: AuditTargetType; id: number | null; name: string };
  /** The state before and after, without secrets: those are "set" or "changed". */
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
}

/**
 * Writes one audit entry through `tx`, the transaction of the change it tells of: both happen or neither does.
 */
export async function record(
  tx: Transaction,
  actor: Actor,
  action: AuditAction,
  details: AuditDetails = {},
): Promise<void> {
  await tx.insert(auditEvents).values({
    at: now(),
    action,
    actorId: actor.user?.id,
    actorUserId: actor.user?.userId,
    actorName: actor.user?.name,
    tokenId: actor.token?.id,
    tokenName: actor.token?.name,
    targetType: details.target?.type,
    targetId: details.target?.id,
    targetName: details.target?.name,
    before: details.before,
    after: details.after,
    ip: actor.request.ip,
    userAgent: actor.request.userAgent?.slice(0, 500),
    requestId: actor.request.id || null,
  });
}
