"use client";

import { Lock } from "lucide-react";
import Link from "next/link";
import type { Ref } from "react";
import type { CreatedRow } from "@/components/creation/use-created-row";
import { columnSort } from "@/components/lists/column-sort";
import type { ListTable } from "@/components/lists/list-frame";
import type { TeamsView } from "@/components/teams/teams-view";
import { RelativeTime } from "@/components/ui/relative-time";
import {
  Cell,
  ColumnHead,
  RowHead,
  SortableHead,
  Table,
  TableBody,
  TableHead,
  TableRow,
} from "@/components/ui/table";
import { usersAddress } from "@/components/users/users-view";
import type { Team } from "@/lib/teams/contract";

type Sort = TeamsView["sort"];

interface TeamsTableProps extends ListTable<Team> {
  sort: Sort;
  onSort: (sort: Sort) => void;
  /** The team that was just created. */
  created: CreatedRow;
}

/** The teams; the name of each leads to its members. */
export function TeamsTable({ rows, sort, onSort, refreshing, created, headingRef }: TeamsTableProps) {
  return (
    <Table caption="Teams" headingRef={headingRef} refreshing={refreshing}>
      <TableHead>
        <SortableHead {...columnSort<Sort>(sort, "name", onSort)}>Name</SortableHead>
        <ColumnHead>Members</ColumnHead>
        <SortableHead {...columnSort<Sort>(sort, "-created_at", onSort)}>Created</SortableHead>
      </TableHead>
      <TableBody>
        {rows.map((team) => (
          <TeamRow
            key={team.id}
            team={team}
            created={team.id === created.id}
            ref={team.id === created.id ? created.row : undefined}
          />
        ))}
      </TableBody>
    </Table>
  );
}

interface TeamRowProps {
  team: Team;
  created: boolean;
  ref: Ref<HTMLTableRowElement> | undefined;
}

function TeamRow({ team, created, ref }: TeamRowProps) {
  return (
    <TableRow highlighted={created} ref={ref}>
      <RowHead>
        <Link href={usersAddress({ team: team.name })} className="font-semibold hover:underline">
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
      <Cell label="Created">
        <RelativeTime at={team.created_at} />
      </Cell>
    </TableRow>
  );
}
