"use client";

import { columnSort } from "@/components/lists/column-sort";
import type { ListTable } from "@/components/lists/list-frame";
import type { Selection } from "@/components/lists/use-selection";
import { MemberActions } from "@/components/teams/member-actions";
import type { MembersView } from "@/components/teams/members-view";
import {
  ActionsCell,
  Cell,
  ColumnHead,
  SelectCell,
  SelectHead,
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
  /** How members are taken out; absent where nobody can be. */
  removal:
    | {
        selection: Selection;
        /** Why somebody can't be removed here. */
        blockedBecause: (member: User) => string | undefined;
        /** With the button of the row's menu. */
        onRemove: (member: User, opener: HTMLElement | null) => void;
      }
    | undefined;
}

/** Who is in a team. */
export function MembersTable({ rows, sort, onSort, refreshing, headingRef, removal }: MembersTableProps) {
  return (
    <Table caption="Members" headingRef={headingRef} refreshing={refreshing}>
      <TableHead>
        {removal && (
          <SelectHead
            label="Select all on this page"
            checked={removal.selection.all}
            mixed={removal.selection.ids.length > 0 && !removal.selection.all}
            onCheckedChange={removal.selection.setAll}
          />
        )}
        <SortableHead {...columnSort<Sort>(sort, "name", onSort)}>Name</SortableHead>
        <SortableHead {...columnSort<Sort>(sort, "role", onSort)}>Role</SortableHead>
        <ColumnHead>Last seen</ColumnHead>
        {removal && <ColumnHead hideLabel>Actions</ColumnHead>}
      </TableHead>
      <TableBody>
        {rows.map((member) => (
          <TableRow key={member.id}>
            {removal && (
              <SelectCell
                label={`Select ${member.name}`}
                checked={removal.selection.has(member.id)}
                onCheckedChange={(selected) => removal.selection.set(member.id, selected)}
                blockedBecause={removal.blockedBecause(member)}
              />
            )}
            <UserRowHead user={member} detail={member.user_id} />
            <Cell label="Role" room="word">
              {member.role}
            </Cell>
            <Cell label="Last seen" room="time">
              <LastSeen user={member} />
            </Cell>
            {removal && (
              <ActionsCell>
                <MemberActions
                  member={member}
                  fixedBecause={removal.blockedBecause(member)}
                  onRemove={(opener) => removal.onRemove(member, opener)}
                />
              </ActionsCell>
            )}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
