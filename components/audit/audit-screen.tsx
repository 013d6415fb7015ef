"use client";

import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { AuditFilters } from "@/components/audit/audit-filters";
import { AuditTable } from "@/components/audit/audit-table";
import {
  type AuditView,
  auditColumns,
  auditPage,
  auditPageSize,
  auditViewKey,
  auditViewParsers,
  exportAddress,
  isWhole,
  wholeAuditView,
} from "@/components/audit/audit-view";
import { CursorPages } from "@/components/audit/cursor-pages";
import { Integrity } from "@/components/audit/integrity";
import { ListFrame } from "@/components/lists/list-frame";
import { useListNews } from "@/components/lists/use-list-news";
import { SecurityToolbar } from "@/components/security/security-toolbar";
import { DownloadLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import type { AuditPage } from "@/lib/audit/contract";
import { auditQuery } from "@/lib/audit/hooks";

interface AuditScreenProps {
  /** What the server found, for which view, and when. */
  first: { page: AuditPage; view: AuditView; fetchedAt: number };
}

/** Security → Audit: proof that the record is whole, what narrows it, and what was done. */
export function AuditScreen({ first }: AuditScreenProps) {
  const [view, setView] = useQueryStates(auditViewParsers, { history: "push" });
  const viewKey = auditViewKey(view);
  const query = useQuery({
    ...auditQuery(auditPage(view)),
    initialData: viewKey === auditViewKey(first.view) ? first.page : undefined,
    initialDataUpdatedAt: first.fetchedAt,
  });
  useListNews(query, {
    names: ["entry on this page", "entries on this page"],
    view: viewKey,
    order: "newest first",
  });
  const hasNone = isWhole(view) && view.cursor === null && query.data?.items.length === 0;

  return (
    <>
      <SecurityToolbar>
        <DownloadLink href={exportAddress(view, "csv")} className="max-md:flex-1">
          Export CSV
        </DownloadLink>
        <DownloadLink href={exportAddress(view, "ndjson")} className="max-md:flex-1">
          Export NDJSON
        </DownloadLink>
      </SecurityToolbar>
      <Integrity />
      <AuditFilters
        view={view}
        onChange={(change) => setView({ ...change, cursor: null })}
        onType={(change) => setView({ ...change, cursor: null }, { history: "replace" })}
      />
      <ListFrame
        what="entries"
        caption="Audit entries"
        columns={auditColumns}
        query={query}
        view={{ q: "", page: 1 }}
        pageSize={auditPageSize}
        onPage={() => setView({ cursor: null })}
        onShowAll={() => setView(wholeAuditView)}
        invitation={hasNone && <EmptyState title="Nothing has been recorded yet" />}
      >
        {(table) => (
          <>
            <AuditTable {...table} />
            <CursorPages
              what="audit entries"
              newer={query.data?.previous_cursor ?? null}
              older={query.data?.next_cursor ?? null}
              onGoTo={(cursor) => {
                table.headingRef.current?.focus();
                void setView({ cursor });
              }}
            />
          </>
        )}
      </ListFrame>
    </>
  );
}
