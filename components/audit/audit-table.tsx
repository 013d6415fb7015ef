"use client";

import { AuditRow } from "@/components/audit/audit-row";
import { auditColumns } from "@/components/audit/audit-view";
import type { ListRows } from "@/components/lists/list-frame";
import { ListTable } from "@/components/lists/list-table";
import { TableBody } from "@/components/ui/table";
import type { AuditEvent } from "@/lib/audit/contract";

/** What was done, by whom, to what; each row opens to all that was recorded. */
export function AuditTable({ headingRef, rows, refreshing }: ListRows<AuditEvent>) {
  return (
    <ListTable caption="Audit entries" columns={auditColumns} headingRef={headingRef} refreshing={refreshing}>
      <TableBody>
        {rows.map((event) => (
          <AuditRow key={event.id} event={event} />
        ))}
      </TableBody>
    </ListTable>
  );
}
