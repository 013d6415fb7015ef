"use client";

import { ChevronRight } from "lucide-react";
import { useId, useState } from "react";
import { actionName, isRefusal } from "@/components/audit/action-name";
import { Actor } from "@/components/audit/actor";
import { AuditDetails } from "@/components/audit/audit-details";
import { auditColumns } from "@/components/audit/audit-view";
import { Badge } from "@/components/ui/badge";
import { IconButton } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { Identifier } from "@/components/ui/identifier";
import { RelativeTime } from "@/components/ui/relative-time";
import { Cell, CellDetail, DetailsRow, RowHead, TableRow } from "@/components/ui/table";
import type { AuditEvent } from "@/lib/audit/contract";

/** One entry, and all that was recorded of it once it is opened. */
export function AuditRow({ event }: { event: AuditEvent }) {
  const [open, setOpen] = useState(false);
  const detailsId = useId();
  const { id, at, action, target, ip } = event;

  return (
    <>
      <TableRow>
        <RowHead>
          <span className="-ml-2 flex items-center gap-1 max-md:-ml-3">
            <IconButton
              label={`Details of entry ${id}`}
              aria-expanded={open}
              aria-controls={open ? detailsId : undefined}
              onClick={() => setOpen((before) => !before)}
            >
              <ChevronRight className={classNames(open && "rotate-90")} />
            </IconButton>
            <RelativeTime at={at} />
          </span>
        </RowHead>
        <Cell label="Actor">
          <Actor event={event} />
        </Cell>
        <Cell label="Action">
          {actionName(action)}
          <CellDetail>{action}</CellDetail>
        </Cell>
        <Cell label="Target">
          {target ? (
            target.name && <Identifier>{target.name}</Identifier>
          ) : (
            <span className="text-ink3">None</span>
          )}
          {target && <CellDetail>{`${target.type} ${target.id}`}</CellDetail>}
        </Cell>
        <Cell label="Result">{isRefusal(action) ? <Badge variant="revoked">Refused</Badge> : "Done"}</Cell>
        <Cell label="Address">
          <span className="font-mono text-mono">{ip ?? "—"}</span>
        </Cell>
      </TableRow>
      {open && (
        <DetailsRow id={detailsId} columns={auditColumns.length}>
          <AuditDetails event={event} />
        </DetailsRow>
      )}
    </>
  );
}
