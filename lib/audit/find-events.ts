import { requirePermission } from "@/lib/access/permissions";
import type { Principal } from "@/lib/access/principal";
import type { AuditFilter, AuditPage } from "@/lib/audit/contract";
import { type Cursor, readCursor, writeCursor } from "@/lib/audit/cursor";
import { presentEvent, selectEvents } from "@/lib/audit/rows";

/**
 * One page of what was done, newest first (Admin).
 * @throws Problem `invalid_input` (422) for a cursor that isn't ours
 */
export async function findEvents(
  principal: Principal,
  filter: AuditFilter,
  { size, cursor: given }: { size: number; cursor?: string | undefined },
): Promise<AuditPage> {
  requirePermission(principal, "audit:read");

  const cursor = given === undefined ? undefined : readCursor(given, filter);
  const rows = await selectEvents(filter, cursor, size + 1);
  const more = rows.length > size;
  const page = rows.slice(0, size);
  if (cursor?.towards === "newer") page.reverse();

  const leading = (row: (typeof page)[number] | undefined, towards: Cursor["towards"]) =>
    row ? writeCursor({ towards, at: row.at, id: row.id }, filter) : null;
  const cameFromNewer = cursor?.towards === "older";
  const cameFromOlder = cursor?.towards === "newer";
  return {
    items: page.map(presentEvent),
    next_cursor: cameFromOlder || more ? leading(page.at(-1), "older") : null,
    previous_cursor: cameFromNewer || (cameFromOlder && more) ? leading(page[0], "newer") : null,
  };
}
