"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useId } from "react";
import { actionName } from "@/components/audit/action-name";
import { Actor } from "@/components/audit/actor";
import { auditAddress } from "@/components/audit/audit-view";
import type { Column } from "@/components/lists/columns";
import { ListLoading } from "@/components/lists/list-loading";
import { ListTable } from "@/components/lists/list-table";
import { LoadFault } from "@/components/shell/load-fault";
import { RelativeTime } from "@/components/ui/relative-time";
import { Cell, CellDetail, RowHead, TableBody, TableRow } from "@/components/ui/table";
import type { AuditEvent } from "@/lib/audit/contract";
import { auditQuery } from "@/lib/audit/hooks";

/** The last that an account did, or that was done to it or to its tokens. For Admins: others are refused the list. */
export function RecentActivity({ targetUserId }: { targetUserId: number }) {
  const query = useQuery(auditQuery({ account: targetUserId, size: shown }));
  const { data, error, isFetching } = query;
  const titleId = useId();

  return (
    <section aria-labelledby={titleId} className="flex flex-col gap-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 id={titleId} className="text-section">
          Recent activity
        </h2>
        <Link
          href={auditAddress({ account: targetUserId })}
          className="py-0.5 text-accent underline underline-offset-2"
        >
          All of it in the audit
        </Link>
      </div>
      {error && (
        <LoadFault
          what="activity"
          error={error}
          shownSince={data && new Date(query.dataUpdatedAt)}
          onRetry={() => query.refetch()}
          retrying={isFetching}
        />
      )}
      {!data && !error && <ListLoading caption={caption} columns={columns} />}
      {data?.items.length === 0 && <p className="text-ink2">Nothing has been recorded of this account.</p>}
      {data && data.items.length > 0 && (
        <ListTable caption={caption} columns={columns} refreshing={isFetching}>
          <TableBody>
            {data.items.map((event) => (
              <Activity key={event.id} event={event} />
            ))}
          </TableBody>
        </ListTable>
      )}
    </section>
  );
}

function Activity({ event }: { event: AuditEvent }) {
  return (
    <TableRow>
      <RowHead>
        {actionName(event.action)}
        <CellDetail>{event.action}</CellDetail>
      </RowHead>
      <Cell label="Target">{event.target?.name ?? <span className="text-ink3">None</span>}</Cell>
      <Cell label="Actor">
        <Actor event={event} />
      </Cell>
      <Cell label="Time">
        <RelativeTime at={event.at} />
      </Cell>
    </TableRow>
  );
}

const shown = 20;
const caption = "Recent activity, newest first";
const columns: readonly Column[] = [
  { name: "Action", room: "action" },
  { name: "Target" },
  { name: "Actor", room: "account" },
  { name: "Time", room: "time" },
];
