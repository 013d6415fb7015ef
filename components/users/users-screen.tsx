"use client";

import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { CreatedHidden } from "@/components/creation/created-hidden";
import { useAddDialog } from "@/components/creation/use-add-dialog";
import { useCreatedRow } from "@/components/creation/use-created-row";
import { settledIds, useListNews } from "@/components/lists/use-list-news";
import { SecurityToolbar } from "@/components/security/security-toolbar";
import type { Viewer } from "@/components/security/viewer";
import { SearchBox } from "@/components/ui/search-box";
import { Add } from "@/components/users/add";
import { UsersFilters } from "@/components/users/users-filters";
import { UsersList, type UsersPage } from "@/components/users/users-list";
import {
  type UsersView,
  usersFilter,
  usersOrder,
  usersViewKey,
  usersViewParsers,
  wholeUsersView,
} from "@/components/users/users-view";
import { usersQuery } from "@/lib/users/hooks";

interface UsersScreenProps {
  /** What the server found, for which view, and when. */
  first: { users: UsersPage; view: UsersView; fetchedAt: number };
  viewer: Viewer;
}

/** Security → Users: what narrows the list, what can be added, and the list. */
export function UsersScreen({ first, viewer }: UsersScreenProps) {
  const [view, setView] = useQueryStates(usersViewParsers, { history: "push" });
  const viewKey = usersViewKey(view);
  const query = useQuery({
    ...usersQuery(usersFilter(view)),
    initialData: viewKey === usersViewKey(first.view) ? first.users : undefined,
    initialDataUpdatedAt: first.fetchedAt,
  });
  const add = useAddDialog(viewer.canManage);
  const created = useCreatedRow(viewKey, settledIds(query));
  useListNews(query, { names: ["user", "users"], view: viewKey, order: usersOrder[view.sort] });

  const showAll = () => setView(wholeUsersView);
  const showCreated = () => {
    void showAll();
    created.followIn(usersViewKey(wholeUsersView));
  };

  return (
    <>
      <SecurityToolbar>
        <SearchBox
          label="Search users"
          placeholder="Search name, e-mail or ID"
          value={view.q}
          onSearch={(q) => setView({ q, page: 1 }, { history: "replace" })}
        />
        {viewer.canManage && <Add dialog={add} onUserCreated={(user) => created.follow(user.id, viewKey)} />}
      </SecurityToolbar>
      <UsersFilters view={view} onChange={(change) => setView({ ...change, page: 1 })} />
      {created.hidden && <CreatedHidden onShow={showCreated} />}
      <UsersList
        query={query}
        view={view}
        created={created}
        viewer={viewer}
        onSort={(sort) => setView({ sort, page: 1 })}
        onPage={(page) => setView({ page })}
        onShowAll={showAll}
        onAddServiceUser={viewer.canManage ? () => add.show("service-user") : undefined}
      />
    </>
  );
}
