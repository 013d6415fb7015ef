import { keyedHash, sameBytes } from "@/lib/access/secret";
import { canonicalJson } from "@/lib/audit/canonical";
import type { AuditFilter } from "@/lib/audit/contract";
import { fieldProblem } from "@/lib/errors";

/** A place in the list; entries of the same moment stand by their ids. */
interface Position {
  at: Date;
  id: number;
}

/** Where a page begins, and which way it goes from there. */
export interface Cursor extends Position {
  towards: "older" | "newer";
}

const form = /^(older|newer)\.(\d{1,15})\.(\d{1,16})\.([\w-]{22})$/;

/** The cursor as clients carry it. It is ours alone to make, and good for this filter only. */
export function writeCursor({ towards, at, id }: Cursor, filter: AuditFilter): string {
  const place = `${towards}.${at.getTime()}.${id}`;
  return Buffer.from(`${place}.${signature(place, filter)}`).toString("base64url");
}

/** @throws Problem `invalid_input` (422, field `cursor`) when we didn't make it, or for another filter */
export function readCursor(text: string, filter: AuditFilter): Cursor {
  const [, towards, at, id, given] = form.exec(Buffer.from(text, "base64url").toString("latin1")) ?? [];
  const place = `${towards}.${at}.${id}`;
  if (!given || !sameBytes(Buffer.from(given), Buffer.from(signature(place, filter))))
    throw fieldProblem(
      "cursor",
      "This cursor was altered, or comes from a page with other filters. Begin again without one.",
    );
  return { towards: towards as Cursor["towards"], at: new Date(Number(at)), id: Number(id) };
}

/** 128 bits of an HMAC over the place and what the list was narrowed by. */
function signature(place: string, filter: AuditFilter): string {
  const narrowed = canonicalJson(JSON.parse(JSON.stringify(filter)));
  return keyedHash("audit cursor", `${place}\n${narrowed}`).subarray(0, 16).toString("base64url");
}
