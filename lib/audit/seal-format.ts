import { createHash, hash } from "node:crypto";
import { canonicalJson } from "@/lib/audit/canonical";
import { type AuditRow, presentEvent } from "@/lib/audit/rows";

/* What a seal is made of, byte by byte: docs/audit.md says it to those who recompute it. */

const idBytes = 8;
const digestBytes = 32;
const sealedEntryBytes = idBytes + digestBytes;

/** Stands for "the seal before" at the first one. */
export const noHash = Buffer.alloc(digestBytes);

/** An entry as its seal knows it. */
export interface SealedEntry {
  id: number;
  digest: Buffer;
}

/** A seal without its hash: `entries` is all it covers, by ascending ids. */
export interface SealContent {
  number: number;
  fromId: number;
  toId: number;
  total: number;
  sealedAt: Date;
  entries: SealedEntry[];
}

/** SHA-256 of the entry's canonical text: of its line in an NDJSON export. */
export function sealedEntry(row: AuditRow): SealedEntry {
  return { id: row.id, digest: hash("sha256", canonicalJson(presentEvent(row)), "buffer") };
}

/** SHA-256 of a text in lines: what the seal says of itself, the hash before it, and each entry's id and digest. */
export function sealHash(previousHash: Buffer, seal: SealContent): Buffer {
  const text = createHash("sha256");
  text.update(
    [
      "latchkey-audit-seal-v1",
      seal.number,
      previousHash.toString("hex"),
      seal.fromId,
      seal.toId,
      seal.total,
      seal.sealedAt.toISOString(),
      "",
    ].join("\n"),
  );
  for (const { id, digest } of seal.entries) text.update(`${id} ${digest.toString("hex")}\n`);
  return text.digest();
}

/** As the database keeps them. */
export function packEntries(entries: SealedEntry[]): Buffer {
  const bytes = Buffer.alloc(entries.length * sealedEntryBytes);
  entries.forEach(({ id, digest }, index) => {
    bytes.writeBigUInt64BE(BigInt(id), index * sealedEntryBytes);
    digest.copy(bytes, index * sealedEntryBytes + idBytes);
  });
  return bytes;
}

export function unpackEntries(bytes: Buffer): SealedEntry[] {
  return Array.from({ length: Math.floor(bytes.length / sealedEntryBytes) }, (_, index) => {
    const at = index * sealedEntryBytes;
    return {
      id: Number(bytes.readBigUInt64BE(at)),
      digest: bytes.subarray(at + idBytes, at + sealedEntryBytes),
    };
  });
}
