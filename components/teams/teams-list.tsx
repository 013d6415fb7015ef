"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useEditDialog } from "@/components/acts/use-edit-dialog";
import { useOpener } from "@/components/acts/use-opener";
import type { CreatedRow } from "@/components/creation/use-created-row";
import { ListFrame } from "@/components/lists/list-frame";
import type { Viewer } from "@/components/security/viewer";
import type { TeamAct } from "@/components/teams/team-actions";
import { TeamDialogs } from "@/components/teams/team-dialogs";
import { TeamsTable } from "@/components/teams/teams-table";
import { type TeamsView, teamsColumns, teamsPageSize } from "@/components/teams/teams-view";
import type { Output } from "@/lib/http/endpoint";
import type { listTeams, Team } from "@/lib/teams/contract";

export type TeamsPage = Output<typeof listTeams.answer>;

interface TeamsListProps {
  query: UseQueryResult<TeamsPage>;
  view: TeamsView;
  created: CreatedRow;
  viewer: Viewer;
  onSort: (sort: TeamsView["sort"]) => void;
  onPage: (page: number) => void;
  /** Takes away whatever narrows the list. */
  onShowAll: () => void;
}

/** The teams; there is always one. */
export function TeamsList({ query, view, created, viewer, onSort, onPage, onShowAll }: TeamsListProps) {
  const edit = useEditDialog(viewer.canManage);
  const [deleting, setDeleting] = useState<Team>();
  const list = useRef<HTMLDivElement>(null);
  const opener = useOpener(list);

  const act = (what: TeamAct, team: Team, button: HTMLElement | null) => {
    opener.remember(button);
    if (what === "edit") edit.open(team.id);
    if (what === "delete") setDeleting(team);
  };

  return (
    <div ref={list} tabIndex={-1} className="flex flex-col gap-4">
      <ListFrame
        what="teams"
        caption="Teams"
        columns={teamsColumns(viewer.canManage)}
        query={query}
        view={view}
        pageSize={teamsPageSize}
        onPage={onPage}
        onShowAll={onShowAll}
      >
        {(table) => (
          <TeamsTable
            {...table}
            sort={view.sort}
            onSort={onSort}
            created={created}
            onAct={viewer.canManage ? act : undefined}
          />
        )}
      </ListFrame>
      <TeamDialogs
        editing={query.data?.items.find(({ id }) => id === edit.id)}
        onEdited={edit.close}
        deleting={deleting}
        onDeleted={() => {
          opener.leave();
          setDeleting(undefined);
        }}
        onKept={() => setDeleting(undefined)}
        finalFocus={opener}
      />
    </div>
  );
}
