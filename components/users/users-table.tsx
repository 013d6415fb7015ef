"use client";

import type { Ref } from "react";
import type { CreatedRow } from "@/components/creation/use-created-row";
import { columnSort } from "@/components/lists/column-sort";
import type { ListTable } from "@/components/lists/list-frame";
import { Badge } from "@/components/ui/badge";
import { RelativeTime } from "@/components/ui/relative-time";
import {
  Cell,
  CellDetail,
  ColumnHead,
  RowHead,
  SortableHead,
  Table,
  TableBody,
  TableHead,
  TableRow,
} from "@/components/ui/table";
import { TeamNames } from "@/components/users/team-names";
import type { UsersView } from "@/components/users/users-view";
import type { User } from "@/lib/users/contract";

type Sort = UsersView["sort"];

interface UsersTableProps extends ListTable<User> {
  sort: Sort;
  onSort: (sort: Sort) => void;
  /** The user that was just created. */
  created: CreatedRow;
}

/** Who has an account, people and service accounts alike. */
export function UsersTable({ rows, sort, onSort, refreshing, created, headingRef }: UsersTableProps) {
  // Times begin with the latest, all else from its beginning.
  const sortable = (first: Sort) => columnSort(sort, first, onSort);

  return (
    <Table caption="Users" headingRef={headingRef} refreshing={refreshing}>
      <TableHead>
        <SortableHead {...sortable("name")}>Name</SortableHead>
        <SortableHead {...sortable("role")}>Role</SortableHead>
        <ColumnHead>Teams</ColumnHead>
        <SortableHead {...sortable("-last_seen_at")}>Last seen</SortableHead>
        <SortableHead {...sortable("-created_at")}>Created</SortableHead>
      </TableHead>
      <TableBody>
        {rows.map((user) => (
          <UserRow
            key={user.id}
            user={user}
            created={user.id === created.id}
            ref={user.id === created.id ? created.row : undefined}
          />
        ))}
      </TableBody>
    </Table>
  );
}

interface UserRowProps {
  user: User;
  created: boolean;
  ref: Ref<HTMLTableRowElement> | undefined;
}

function UserRow({ user, created, ref }: UserRowProps) {
  const isService = user.user_type === "Service";

  return (
    <TableRow highlighted={created} ref={ref}>
      <RowHead>
        <span className="mr-2 font-semibold">{user.name}</span>
        <span className="inline-flex gap-1.5">
          {isService && <Badge variant="service">Service</Badge>}
          {!user.active && <Badge variant="neutral">Deactivated</Badge>}
        </span>
        <CellDetail>{isService ? user.user_id : (user.email ?? user.user_id)}</CellDetail>
      </RowHead>
      <Cell label="Role">{user.role}</Cell>
      <Cell label="Teams">
        <TeamNames names={user.teams} of={user.name} />
      </Cell>
      <Cell label="Last seen">
        {user.last_seen_at ? <RelativeTime at={user.last_seen_at} /> : isService ? "Not used" : "Never"}
      </Cell>
      <Cell label="Created">
        <RelativeTime at={user.created_at} />
      </Cell>
    </TableRow>
  );
}
