"use client";

import { Lock } from "lucide-react";
import Link from "next/link";
import type { Ref } from "react";
import type { CreatedRow } from "@/components/creation/use-created-row";
import type { ListRows } from "@/components/lists/list-frame";
import { ListTable } from "@/components/lists/list-table";
import { type TeamAct, TeamActions } from "@/components/teams/team-actions";
import { type TeamsView, teamAddress, teamsColumns } from "@/components/teams/teams-view";
import { Badge } from "@/components/ui/badge";
import { RelativeTime } from "@/components/ui/relative-time";
import { ActionsCell, Cell, RowHead, TableBody, TableRow } from "@/components/ui/table";
import type { Team } from "@/lib/teams/contract";

type Sort = TeamsView["sort"];

interface TeamsTableProps extends ListRows<Team> {
  sort: Sort;
  onSort: (sort: Sort) => void;
  /** The team that was just created. */
  created: CreatedRow;
  /** Something was chosen from a row's menu, and by which button; absent for who may not. */
  onAct: ((act: TeamAct, team: Team, opener: HTMLElement | null) => void) | undefined;
}

/** The teams; the name of each leads to its members. */
export function TeamsTable({ rows, sort, onSort, refreshing, created, headingRef, onAct }: TeamsTableProps) {
  return (
    <ListTable
      caption="Teams"
      columns={teamsColumns(onAct !== undefined)}
      headingRef={headingRef}
      refreshing={refreshing}
      sort={sort}
      onSort={onSort}
    >
      <TableBody>
        {rows.map((team) => (
          <TeamRow
            key={team.id}
            team={team}
            onAct={onAct && ((act, opener) => onAct(act, team, opener))}
            created={team.id === created.id}
            ref={team.id === created.id ? created.row : undefined}
          />
        ))}
      </TableBody>
    </ListTable>
  );
}

interface TeamRowProps {
  team: Team;
  onAct: ((act: TeamAct, opener: HTMLElement | null) => void) | undefined;
  created: boolean;
  ref: Ref<HTMLTableRowElement> | undefined;
}

function TeamRow({ team, onAct, created, ref }: TeamRowProps) {
  return (
    <TableRow highlighted={created} ref={ref}>
      <RowHead>
        <Link href={teamAddress(team.id)} className="font-semibold hover:underline">
          {team.name}
        </Link>
        {team.description && <span className="mt-0.5 block text-help text-ink2">{team.description}</span>}
        {team.locked && (
          <span className="mt-0.5 flex items-center gap-1 text-help text-ink3">
            <Lock className="size-3.5" />
            Always there: can't be renamed, left or deleted
          </span>
        )}
      </RowHead>
      <Cell label="Members">{team.member_count}</Cell>
      <Cell label="Source">{team.managed_by ? <Badge variant="scim">SCIM</Badge> : "Local"}</Cell>
      <Cell label="Created">
        <RelativeTime at={team.created_at} />
      </Cell>
      {onAct && (
        <ActionsCell>
          <TeamActions team={team} onAct={onAct} />
        </ActionsCell>
      )}
    </TableRow>
  );
}
