import { desc, eq, gt, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { auditEvents, auditSeals } from "@/db/schema";
import { requirePermission } from "@/lib/access/permissions";
import type { Principal } from "@/lib/access/principal";
import type { AuditHead } from "@/lib/audit/contract";
import { noHash } from "@/lib/audit/seal-format";

export type SealRow = typeof auditSeals.$inferSelect;

/** Entries without a seal are counted no further than this. */
export const mostUnsealedCounted = 10_000;

/** Where the chain of seals ends (Admin): kept elsewhere, it proves later that the end wasn't cut off. */
export async function findHead(principal: Principal): Promise<AuditHead> {
  requirePermission(principal, "audit:read");

  const last = await findLastSeal();
  return {
    seal: last?.number ?? 0,
    to_id: last?.toId ?? 0,
    total: last?.total ?? 0,
    hash: (last?.hash ?? noHash).toString("hex"),
    sealed_at: last ? last.sealedAt.toISOString() : null,
    unsealed: await countUnsealed(last?.toId ?? 0),
  };
}

/** Without the digests of its entries, which nobody needs who goes on from it. */
export async function findLastSeal(): Promise<Omit<SealRow, "entries"> | undefined> {
  const { entries: _digests, ...columns } = sealColumns;
  const [last] = await db().select(columns).from(auditSeals).orderBy(desc(auditSeals.number)).limit(1);
  return last;
}

export async function findSeal(number: number): Promise<SealRow | undefined> {
  const [seal] = await db().select(sealColumns).from(auditSeals).where(eq(auditSeals.number, number));
  return seal;
}

const sealColumns = {
  number: auditSeals.number,
  fromId: auditSeals.fromId,
  toId: auditSeals.toId,
  count: auditSeals.count,
  total: auditSeals.total,
  entries: auditSeals.entries,
  hash: auditSeals.hash,
  sealedAt: auditSeals.sealedAt,
};

async function countUnsealed(after: number): Promise<number> {
  const beyond = db()
    .select({ one: sql`1` })
    .from(auditEvents)
    .where(gt(auditEvents.id, after))
    .limit(mostUnsealedCounted)
    .as("beyond");
  return db().$count(beyond);
}
