"use client";

import type { ListRows } from "@/components/lists/list-frame";
import { ListTable } from "@/components/lists/list-table";
import type { Selection } from "@/components/lists/use-selection";
import { MemberActions } from "@/components/teams/member-actions";
import { type MembersView, membersColumns } from "@/components/teams/members-view";
import { ActionsCell, Cell, SelectCell, TableBody, TableRow } from "@/components/ui/table";
import { LastSeen } from "@/components/users/last-seen";
import { UserRowHead } from "@/components/users/user-row-head";
import type { User } from "@/lib/users/contract";

type Sort = MembersView["sort"];

interface MembersTableProps extends ListRows<User> {
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
    <ListTable
      caption="Members"
      columns={membersColumns(removal !== undefined)}
      headingRef={headingRef}
      refreshing={refreshing}
      sort={sort}
      onSort={onSort}
      selection={removal?.selection}
    >
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
            <Cell label="Role">{member.role}</Cell>
            <Cell label="Last seen">
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
    </ListTable>
  );
}
