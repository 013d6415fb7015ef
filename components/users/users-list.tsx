"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useEditDialog } from "@/components/acts/use-edit-dialog";
import { useOpener } from "@/components/acts/use-opener";
import type { CreatedRow } from "@/components/creation/use-created-row";
import { ListFrame } from "@/components/lists/list-frame";
import type { Viewer } from "@/components/security/viewer";
import { NoServiceUsers } from "@/components/users/no-service-users";
import { useReactivation } from "@/components/users/use-reactivation";
import type { UserAct } from "@/components/users/user-actions";
import { UserDialogs } from "@/components/users/user-dialogs";
import { UsersTable } from "@/components/users/users-table";
import { isWhole, type UsersView, usersColumns, usersPageSize } from "@/components/users/users-view";
import type { Output } from "@/lib/http/endpoint";
import type { listUsers, User } from "@/lib/users/contract";

export type UsersPage = Output<typeof listUsers.answer>;

interface UsersListProps {
  query: UseQueryResult<UsersPage>;
  view: UsersView;
  created: CreatedRow;
  viewer: Viewer;
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
  viewer,
  onSort,
  onPage,
  onShowAll,
  onAddServiceUser,
}: UsersListProps) {
  const edit = useEditDialog(viewer.canManage);
  const [deactivating, setDeactivating] = useState<User>();
  const reactivation = useReactivation();
  const list = useRef<HTMLDivElement>(null);
  const opener = useOpener(list);
  const lacksServiceUsers = query.data !== undefined && hasNoServiceUsers(query.data, view);

  const act = (what: UserAct, user: User, button: HTMLElement | null) => {
    opener.remember(button);
    if (what === "edit") edit.open(user.id);
    if (what === "deactivate") setDeactivating(user);
    if (what === "reactivate") void reactivation.reactivate(user);
  };

  return (
    <div ref={list} tabIndex={-1} className="flex flex-col gap-4">
      <ListFrame
        what="users"
        caption="Users"
        columns={usersColumns(viewer.canManage)}
        query={query}
        view={view}
        pageSize={usersPageSize}
        onPage={onPage}
        onShowAll={onShowAll}
        invitation={lacksServiceUsers && <NoServiceUsers onAdd={onAddServiceUser} />}
      >
        {(table) => (
          <UsersTable
            {...table}
            sort={view.sort}
            onSort={onSort}
            created={created}
            viewer={viewer}
            onAct={act}
          />
        )}
      </ListFrame>
      <UserDialogs
        viewer={viewer}
        editing={query.data?.items.find(({ id }) => id === edit.id)}
        onEdited={edit.close}
        deactivating={deactivating}
        onDeactivated={() => {
          if (view.status) opener.leave();
          setDeactivating(undefined);
        }}
        onKept={() => setDeactivating(undefined)}
        finalFocus={opener}
      />
      {reactivation.signIn}
    </div>
  );
}

/** Only oneself is there, or the service users were asked for and there is none. */
function hasNoServiceUsers({ items, total }: UsersPage, view: UsersView): boolean {
  if (isWhole(view)) return total === 1 && items[0]?.user_type === "User";
  return total === 0 && view.type === "Service" && isWhole({ ...view, type: null });
}
