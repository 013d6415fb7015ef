"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import { useRef } from "react";
import type { CreatedRow } from "@/components/creation/use-created-row";
import { ListFault } from "@/components/lists/list-fault";
import { NoRows } from "@/components/lists/no-rows";
import { TeamsLoading } from "@/components/teams/teams-loading";
import { TeamsTable } from "@/components/teams/teams-table";
import { type TeamsView, teamsPageSize } from "@/components/teams/teams-view";
import { Pagination } from "@/components/ui/pagination";
import type { Output } from "@/lib/http/endpoint";
import type { listTeams } from "@/lib/teams/contract";

export type TeamsPage = Output<typeof listTeams.answer>;

interface TeamsListProps {
  query: UseQueryResult<TeamsPage>;
  view: TeamsView;
  created: CreatedRow;
  onSort: (sort: TeamsView["sort"]) => void;
  onPage: (page: number) => void;
  /** Takes away whatever narrows the list. */
  onShowAll: () => void;
}

/** The teams in whatever state their list is: loading, failed, empty, there. */
export function TeamsList({ query, view, created, onSort, onPage, onShowAll }: TeamsListProps) {
  const { data: teams, error, isFetching } = query;
  const heading = useRef<HTMLHeadingElement>(null);

  const goTo = (page: number) => {
    heading.current?.focus();
    onPage(page);
  };

  return (
    <>
      {error && (
        <ListFault
          what="teams"
          error={error}
          shownSince={teams && new Date(query.dataUpdatedAt)}
          onRetry={() => query.refetch()}
          retrying={isFetching}
        />
      )}
      {!teams && !error && <TeamsLoading />}
      {teams && teams.items.length === 0 && (
        <NoRows
          what="teams"
          search={view.q}
          page={view.page}
          onFirstPage={() => onPage(1)}
          onClearFilters={onShowAll}
        />
      )}
      {teams && teams.items.length > 0 && (
        <>
          <TeamsTable
            teams={teams.items}
            sort={view.sort}
            onSort={onSort}
            refreshing={isFetching}
            created={created}
            headingRef={heading}
          />
          <Pagination
            what="teams"
            page={view.page}
            size={teamsPageSize}
            total={teams.total}
            onPageChange={goTo}
          />
        </>
      )}
    </>
  );
}
