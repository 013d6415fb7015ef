"use client";

import { AuditRow } from "@/components/audit/audit-row";
import { auditColumns } from "@/components/audit/audit-view";
import type { ListTable } from "@/components/lists/list-frame";
import { ColumnHead, Table, TableBody, TableHead } from "@/components/ui/table";
import type { AuditEvent } from "@/lib/audit/contract";

/** What was done, by whom, to what; each row opens to all that was recorded. */
export function AuditTable({ headingRef, rows, refreshing }: ListTable<AuditEvent>) {
  return (
    <Table caption="Audit entries" headingRef={headingRef} refreshing={refreshing} wide>
      <TableHead>
        {auditColumns.map((column) => (
          <ColumnHead key={column}>{column}</ColumnHead>
        ))}
      </TableHead>
      <TableBody>
        {rows.map((event) => (
          <AuditRow key={event.id} event={event} />
        ))}
      </TableBody>
    </Table>
  );
}
