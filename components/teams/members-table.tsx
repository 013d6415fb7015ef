"use client";

import { columnSort } from "@/components/lists/column-sort";
import type { ListTable } from "@/components/lists/list-frame";
import { managedReason } from "@/components/security/managed";
import { MemberActions } from "@/components/teams/member-actions";
import type { MembersView } from "@/components/teams/members-view";
import {
  ActionsCell,
  Cell,
  ColumnHead,
  SortableHead,
  Table,
  TableBody,
  TableHead,
  TableRow,
} from "@/components/ui/table";
import { LastSeen } from "@/components/users/last-seen";
import { UserRowHead } from "@/components/users/user-row-head";
import type { User } from "@/lib/users/contract";

type Sort = MembersView["sort"];

interface MembersTableProps extends ListTable<User> {
  sort: Sort;
  onSort: (sort: Sort) => void;
  /** Whether the identity provider says which people are in it. */
  managed: boolean;
  /** With the button of the row's menu; absent where nobody can leave. */
  onRemove: ((member: User, opener: HTMLElement | null) => void) | undefined;
}

/** Who is in a team. */
export function MembersTable({
  rows,
  sort,
  onSort,
  refreshing,
  headingRef,
  managed,
  onRemove,
}: MembersTableProps) {
  return (
    <Table caption="Members" headingRef={headingRef} refreshing={refreshing}>
      <TableHead>
        <SortableHead {...columnSort<Sort>(sort, "name", onSort)}>Name</SortableHead>
        <SortableHead {...columnSort<Sort>(sort, "role", onSort)}>Role</SortableHead>
        <ColumnHead>Last seen</ColumnHead>
        {onRemove && <ColumnHead hideLabel>Actions</ColumnHead>}
      </TableHead>
      <TableBody>
        {rows.map((member) => (
          <TableRow key={member.id}>
            <UserRowHead user={member} detail={member.user_id} />
            <Cell label="Role" room="word">
              {member.role}
            </Cell>
            <Cell label="Last seen" room="time">
              <LastSeen user={member} />
            </Cell>
            {onRemove && (
              <ActionsCell>
                <MemberActions
                  member={member}
                  fixedBecause={managed && member.user_type === "User" ? managedReason : undefined}
                  onRemove={(opener) => onRemove(member, opener)}
                />
              </ActionsCell>
            )}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
