import { requirePermission } from "@/lib/access/permissions";
import type { Principal } from "@/lib/access/principal";
import type { AuditFault, AuditVerification, KnownHead } from "@/lib/audit/contract";
import { selectEventsBetween } from "@/lib/audit/rows";
import { noHash, type SealedEntry, sealedEntry, sealHash, unpackEntries } from "@/lib/audit/seal-format";
import { findLastSeal, findSeal, type SealRow } from "@/lib/audit/seals";

/** A call answers soon, whatever the size of the audit: the next one goes on from where it ended. */
export const sealsPerCall = 50;

interface Range {
  /** 1 unless told; the one before it is taken as proven. */
  fromSeal: number;
  /** Where the chain once ended, as somebody kept it elsewhere. */
  head?: KnownHead | undefined;
}

/**
 * Proves that no sealed entry was altered, removed or slipped in since it was sealed, or names the first one (Admin).
 * Holds one seal's entries in memory at a time.
 */
export async function verifySeals(
  principal: Principal,
  { fromSeal, head }: Range,
): Promise<AuditVerification> {
  requirePermission(principal, "audit:read");

  const last = await findLastSeal();
  const end = last?.number ?? 0;
  const to = Math.min(end, fromSeal + sealsPerCall - 1);
  let previous = fromSeal === 1 ? undefined : await findSeal(fromSeal - 1);
  let entries = 0;
  const report = (number: number, fault: AuditFault | null): AuditVerification => ({
    intact: fault === null,
    from_seal: fromSeal,
    to_seal: number,
    entries,
    next_seal: fault === null && to < end ? to + 1 : null,
    fault,
  });

  if (fromSeal > 1 && !previous) return report(fromSeal - 1, missing(fromSeal - 1));
  for (let number = fromSeal; number <= to; number++) {
    const seal = await findSeal(number);
    const fault = seal ? await faultIn(seal, previous, head) : missing(number);
    if (fault) return report(number, fault);
    entries += seal?.count ?? 0;
    previous = seal;
  }
  return report(to, head && to === end && head.seal > end ? cut(head, end) : null);
}

async function faultIn(
  seal: SealRow,
  previous: SealRow | undefined,
  head: KnownHead | undefined,
): Promise<AuditFault | undefined> {
  const entries = unpackEntries(seal.entries);
  const found = (await selectEventsBetween(seal.fromId, seal.toId, entries.length + 1)).map(sealedEntry);
  const touched = firstDifference(entries, found);
  const follows =
    seal.fromId === (previous?.toId ?? 0) + 1 &&
    seal.total === (previous?.total ?? 0) + seal.count &&
    seal.count === entries.length &&
    sealHash(previous?.hash ?? noHash, { ...seal, entries }).equals(seal.hash);
  if (!follows) return altered(seal);
  if (touched) return { ...touched, seal: seal.number };
  if (head?.seal === seal.number && head.hash !== seal.hash.toString("hex")) return replaced(seal);
  return undefined;
}

/** Both by ascending ids. */
function firstDifference(sealed: SealedEntry[], found: SealedEntry[]): Omit<AuditFault, "seal"> | undefined {
  for (let index = 0; index < Math.max(sealed.length, found.length); index++) {
    const [was, is] = [sealed[index], found[index]];
    if (was && is && was.id === is.id) {
      if (was.digest.equals(is.digest)) continue;
      return {
        kind: "entry_altered",
        entry_id: is.id,
        detail: `Entry ${is.id} was altered after it was sealed.`,
      };
    }
    if (is && (!was || is.id < was.id))
      return {
        kind: "entry_inserted",
        entry_id: is.id,
        detail: `Entry ${is.id} was slipped in among entries that were sealed without it.`,
      };
    if (was)
      return {
        kind: "entry_removed",
        entry_id: was.id,
        detail: `Entry ${was.id} was removed after it was sealed.`,
      };
  }
  return undefined;
}

function altered({ number, fromId, toId }: SealRow): AuditFault {
  return {
    kind: "seal_altered",
    seal: number,
    entry_id: null,
    detail: `Seal ${number}, of the entries ${fromId} to ${toId}, doesn't follow from the one before it: it was altered, or everything up to it was made anew.`,
  };
}

function missing(number: number): AuditFault {
  return { kind: "seal_missing", seal: number, entry_id: null, detail: `Seal ${number} was removed.` };
}

function replaced({ number }: SealRow): AuditFault {
  return {
    kind: "chain_replaced",
    seal: number,
    entry_id: null,
    detail: `Seal ${number} is another than when the head was kept: entries and seals up to it were made anew.`,
  };
}

function cut(head: KnownHead, end: number): AuditFault {
  return {
    kind: "tail_cut",
    seal: head.seal,
    entry_id: null,
    detail: `The head that was kept is seal ${head.seal}, but the chain ends with seal ${end}: its end was cut off.`,
  };
}
