import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import type { SearchParams } from "nuqs/server";
import { Suspense } from "react";
import { ListLoading } from "@/components/lists/list-loading";
import { SecurityPage } from "@/components/security/security-page";
import { SecurityToolbar } from "@/components/security/security-toolbar";
import { UsersScreen } from "@/components/users/users-screen";
import {
  loadUsersView,
  type UsersView,
  usersAddress,
  usersColumns,
  usersFilter,
} from "@/components/users/users-view";
import { requirePagePrincipal } from "@/lib/access/page-principal";
import { hasPermission } from "@/lib/access/permissions";
import type { Principal } from "@/lib/access/principal";
import { findUsers } from "@/lib/users/find-users";

export const metadata: Metadata = { title: "Users · Security" };

interface UsersPageProps {
  searchParams: Promise<SearchParams>;
}

export default async function UsersPage({ searchParams }: UsersPageProps) {
  const view = await loadUsersView(searchParams);
  const principal = await requirePagePrincipal(usersAddress(view));
  if (!hasPermission(principal, "users:read")) forbidden();

  return (
    <SecurityPage title="Users">
      {/* Beneath the check: what has begun to stream is a 200. */}
      <Suspense fallback={<Loading canManage={hasPermission(principal, "users:manage")} />}>
        <FoundUsers principal={principal} view={view} />
      </Suspense>
    </SecurityPage>
  );
}

async function FoundUsers({ principal, view }: { principal: Principal; view: UsersView }) {
  const users = await findUsers(principal, usersFilter(view));

  return (
    <UsersScreen
      first={{ users, view, fetchedAt: Date.now() }}
      viewer={{ id: principal.user.id, canManage: hasPermission(principal, "users:manage") }}
    />
  );
}

function Loading({ canManage }: { canManage: boolean }) {
  return (
    <>
      {/* As high as what comes in its place: the search, and the filters beneath it. */}
      <SecurityToolbar>
        <span className="block h-9 max-md:h-11" />
      </SecurityToolbar>
      <span className="block h-9 max-md:h-24" />
      <ListLoading caption="Users" columns={usersColumns(canManage)} />
    </>
  );
}
