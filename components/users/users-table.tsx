"use client";

import type { Ref } from "react";
import type { CreatedRow } from "@/components/creation/use-created-row";
import type { ListRows } from "@/components/lists/list-frame";
import { ListTable } from "@/components/lists/list-table";
import type { Viewer } from "@/components/security/viewer";
import { RelativeTime } from "@/components/ui/relative-time";
import { ActionsCell, Cell, TableBody, TableRow } from "@/components/ui/table";
import { LastSeen } from "@/components/users/last-seen";
import { TeamNames } from "@/components/users/team-names";
import { TokensCell } from "@/components/users/tokens-cell";
import { type UserAct, UserActions } from "@/components/users/user-actions";
import { UserRowHead } from "@/components/users/user-row-head";
import { type UsersView, usersColumns } from "@/components/users/users-view";
import type { User } from "@/lib/users/contract";

type Sort = UsersView["sort"];

interface UsersTableProps extends ListRows<User> {
  sort: Sort;
  onSort: (sort: Sort) => void;
  /** The user that was just created. */
  created: CreatedRow;
  viewer: Viewer;
  /** Something was chosen from a row's menu; `opener` is the menu's button. */
  onAct: (act: UserAct, user: User, opener: HTMLElement | null) => void;
}

/** Who has an account, people and service accounts alike. */
export function UsersTable({
  rows,
  sort,
  onSort,
  refreshing,
  created,
  headingRef,
  viewer,
  onAct,
}: UsersTableProps) {
  return (
    <ListTable
      caption="Users"
      columns={usersColumns(viewer.canManage)}
      headingRef={headingRef}
      refreshing={refreshing}
      sort={sort}
      onSort={onSort}
    >
      <TableBody>
        {rows.map((user) => (
          <UserRow
            key={user.id}
            user={user}
            viewer={viewer}
            onAct={(act, opener) => onAct(act, user, opener)}
            created={user.id === created.id}
            ref={user.id === created.id ? created.row : undefined}
          />
        ))}
      </TableBody>
    </ListTable>
  );
}

interface UserRowProps {
  user: User;
  viewer: Viewer;
  onAct: (act: UserAct, opener: HTMLElement | null) => void;
  created: boolean;
  ref: Ref<HTMLTableRowElement> | undefined;
}

function UserRow({ user, viewer, onAct, created, ref }: UserRowProps) {
  const isService = user.user_type === "Service";

  return (
    <TableRow highlighted={created} ref={ref}>
      <UserRowHead user={user} detail={isService ? user.user_id : (user.email ?? user.user_id)} />
      <Cell label="Role">{user.role}</Cell>
      <Cell label="Teams">
        <TeamNames names={user.teams} of={user.name} />
      </Cell>
      <Cell label="Tokens">
        <TokensCell user={user} />
      </Cell>
      <Cell label="Last seen">
        <LastSeen user={user} />
      </Cell>
      <Cell label="Created">
        <RelativeTime at={user.created_at} />
      </Cell>
      {viewer.canManage && (
        <ActionsCell>
          <UserActions user={user} viewer={viewer} onAct={onAct} />
        </ActionsCell>
      )}
    </TableRow>
  );
}
