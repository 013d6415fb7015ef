"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import type { CreatedRow } from "@/components/creation/use-created-row";
import { ListFrame } from "@/components/lists/list-frame";
import { NoServiceUsers } from "@/components/users/no-service-users";
import { UsersTable } from "@/components/users/users-table";
import { isWhole, type UsersView, usersColumns, usersPageSize } from "@/components/users/users-view";
import type { Output } from "@/lib/http/endpoint";
import type { listUsers } from "@/lib/users/contract";

export type UsersPage = Output<typeof listUsers.answer>;

interface UsersListProps {
  query: UseQueryResult<UsersPage>;
  view: UsersView;
  created: CreatedRow;
  onSort: (sort: UsersView["sort"]) => void;
  onPage: (page: number) => void;
  /** Takes away whatever narrows the list. */
  onShowAll: () => void;
  /** Absent for who may not. */
  onAddServiceUser: (() => void) | undefined;
}

/** The users, and what to do where there are none but oneself. */
export function UsersList({
  query,
  view,
  created,
  onSort,
  onPage,
  onShowAll,
  onAddServiceUser,
}: UsersListProps) {
  const lacksServiceUsers = query.data !== undefined && hasNoServiceUsers(query.data, view);

  return (
    <ListFrame
      what="users"
      caption="Users"
      columns={usersColumns}
      query={query}
      view={view}
      pageSize={usersPageSize}
      onPage={onPage}
      onShowAll={onShowAll}
      invitation={lacksServiceUsers && <NoServiceUsers onAdd={onAddServiceUser} />}
    >
      {(table) => <UsersTable {...table} sort={view.sort} onSort={onSort} created={created} />}
    </ListFrame>
  );
}

/** Only oneself is there, or the service users were asked for and there is none. */
function hasNoServiceUsers({ items, total }: UsersPage, view: UsersView): boolean {
  if (isWhole(view)) return total === 1 && items[0]?.user_type === "User";
  return total === 0 && view.type === "Service" && isWhole({ ...view, type: null });
}
