"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import { type ReactNode, type RefObject, useRef } from "react";
import type { Column } from "@/components/lists/columns";
import { ListLoading } from "@/components/lists/list-loading";
import { NoRows } from "@/components/lists/no-rows";
import { LoadFault } from "@/components/shell/load-fault";
import { Pagination } from "@/components/ui/pagination";

/** A page of a list as the API answers it. */
export interface ListPage<Row> {
  items: Row[];
  total: number;
  /** Absent where all are counted. */
  total_is_estimate?: boolean;
}

/** What every table of a list takes. */
export interface ListRows<Row> {
  rows: readonly Row[];
  /** Fresh rows are on their way. */
  refreshing: boolean;
  /** The list's name, a place to send focus to. */
  headingRef: RefObject<HTMLHeadingElement | null>;
}

interface ListFrameProps<Row> {
  /** What is listed, as "users". */
  what: string;
  /** The list's name, as "Users". */
  caption: string;
  columns: readonly Column[];
  query: UseQueryResult<ListPage<Row>>;
  /** The text searched for and the page, as the address has them. */
  view: { q: string; page: number };
  pageSize: number;
  onPage: (page: number) => void;
  /** Takes away whatever narrows the list. */
  onShowAll: () => void;
  /** Stands in for the rows where there are none at all, or beneath them; absent where there is nothing to say. */
  invitation?: ReactNode;
  /** The rows. */
  children: (table: ListRows<Row>) => ReactNode;
}

/** A list in whatever state it is: loading, failed, empty, without a match, there. */
export function ListFrame<Row>({
  what,
  caption,
  columns,
  query,
  view,
  pageSize,
  onPage,
  onShowAll,
  invitation,
  children,
}: ListFrameProps<Row>) {
  const { data, error, isFetching } = query;
  const headingRef = useRef<HTMLHeadingElement>(null);
  const hasRows = data !== undefined && data.items.length > 0;

  const goTo = (page: number) => {
    headingRef.current?.focus();
    onPage(page);
  };

  return (
    <>
      {error && (
        <LoadFault
          what={what}
          error={error}
          shownSince={data && new Date(query.dataUpdatedAt)}
          onRetry={() => query.refetch()}
          retrying={isFetching}
        />
      )}
      {!data && !error && <ListLoading caption={caption} columns={columns} />}
      {hasRows && children({ rows: data.items, refreshing: isFetching, headingRef })}
      {data && !hasRows && !invitation && (
        <NoRows
          what={what}
          search={view.q}
          page={view.page}
          onFirstPage={() => onPage(1)}
          onClearFilters={onShowAll}
        />
      )}
      {data && invitation}
      {hasRows && (
        <Pagination
          what={what}
          page={view.page}
          size={pageSize}
          total={data.total}
          about={data.total_is_estimate ?? false}
          shown={data.items.length}
          onPageChange={goTo}
        />
      )}
    </>
  );
}
