"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import { useRef } from "react";
import type { CreatedRow } from "@/components/creation/use-created-row";
import { ListFault } from "@/components/lists/list-fault";
import { NoRows } from "@/components/lists/no-rows";
import { Pagination } from "@/components/ui/pagination";
import { NoServiceUsers } from "@/components/users/no-service-users";
import { UsersLoading } from "@/components/users/users-loading";
import { UsersTable } from "@/components/users/users-table";
import { isWhole, type UsersView, usersPageSize } from "@/components/users/users-view";
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

/** The users in whatever state their list is: loading, failed, empty, there. */
export function UsersList({
  query,
  view,
  created,
  onSort,
  onPage,
  onShowAll,
  onAddServiceUser,
}: UsersListProps) {
  const { data: users, error, isFetching } = query;
  const heading = useRef<HTMLHeadingElement>(null);

  const goTo = (page: number) => {
    heading.current?.focus();
    onPage(page);
  };

  return (
    <>
      {error && (
        <ListFault
          what="users"
          error={error}
          shownSince={users && new Date(query.dataUpdatedAt)}
          onRetry={() => query.refetch()}
          retrying={isFetching}
        />
      )}
      {!users && !error && <UsersLoading />}
      {users && users.items.length > 0 && (
        <UsersTable
          users={users.items}
          sort={view.sort}
          onSort={onSort}
          refreshing={isFetching}
          created={created}
          headingRef={heading}
        />
      )}
      {users && users.items.length === 0 && !asksForServiceUsers(view) && (
        <NoRows
          what="users"
          search={view.q}
          page={view.page}
          onFirstPage={() => onPage(1)}
          onClearFilters={onShowAll}
        />
      )}
      {users && hasNoServiceUsers(users, view) && <NoServiceUsers onAdd={onAddServiceUser} />}
      {users && users.items.length > 0 && (
        <Pagination
          what="users"
          page={view.page}
          size={usersPageSize}
          total={users.total}
          onPageChange={goTo}
        />
      )}
    </>
  );
}

/** Only oneself is there, or the service users were asked for and there is none. */
function hasNoServiceUsers({ items, total }: UsersPage, view: UsersView): boolean {
  if (isWhole(view)) return total === 1 && items[0]?.user_type === "User";
  return total === 0 && asksForServiceUsers(view);
}

function asksForServiceUsers(view: UsersView): boolean {
  return view.type === "Service" && isWhole({ ...view, type: null });
}
