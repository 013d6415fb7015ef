"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import type { CreatedRow } from "@/components/creation/use-created-row";
import { ListFrame } from "@/components/lists/list-frame";
import { TeamsTable } from "@/components/teams/teams-table";
import { type TeamsView, teamsColumns, teamsPageSize } from "@/components/teams/teams-view";
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

/** The teams; there is always one. */
export function TeamsList({ query, view, created, onSort, onPage, onShowAll }: TeamsListProps) {
  return (
    <ListFrame
      what="teams"
      caption="Teams"
      columns={teamsColumns}
      query={query}
      view={view}
      pageSize={teamsPageSize}
      onPage={onPage}
      onShowAll={onShowAll}
    >
      {(table) => <TeamsTable {...table} sort={view.sort} onSort={onSort} created={created} />}
    </ListFrame>
  );
}
