import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import type { SearchParams } from "nuqs/server";
import { Suspense } from "react";
import { ListLoading } from "@/components/lists/list-loading";
import { SecurityPage } from "@/components/security/security-page";
import { SecurityToolbar } from "@/components/security/security-toolbar";
import { TeamsScreen } from "@/components/teams/teams-screen";
import { loadTeamsView, type TeamsView, teamsColumns, teamsFilter } from "@/components/teams/teams-view";
import { requirePagePrincipal } from "@/lib/access/page-principal";
import { hasPermission } from "@/lib/access/permissions";
import type { Principal } from "@/lib/access/principal";
import { findTeams } from "@/lib/teams/find-teams";

export const metadata: Metadata = { title: "Teams · Security" };

interface TeamsPageProps {
  searchParams: Promise<SearchParams>;
}

export default async function TeamsPage({ searchParams }: TeamsPageProps) {
  const view = await loadTeamsView(searchParams);
  const principal = await requirePagePrincipal("/settings/security/teams");
  if (!hasPermission(principal, "teams:read")) forbidden();

  return (
    <SecurityPage title="Teams">
      {/* Beneath the check: what has begun to stream is a 200. */}
      <Suspense fallback={<Loading canManage={hasPermission(principal, "teams:manage")} />}>
        <FoundTeams principal={principal} view={view} />
      </Suspense>
    </SecurityPage>
  );
}

async function FoundTeams({ principal, view }: { principal: Principal; view: TeamsView }) {
  const teams = await findTeams(principal, teamsFilter(view));

  return (
    <TeamsScreen
      first={{ teams, view, fetchedAt: Date.now() }}
      viewer={{ id: principal.user.id, canManage: hasPermission(principal, "teams:manage") }}
    />
  );
}

function Loading({ canManage }: { canManage: boolean }) {
  return (
    <>
      {/* As high as what comes in its place: the search. */}
      <SecurityToolbar>
        <span className="block h-9 max-md:h-11" />
      </SecurityToolbar>
      <ListLoading caption="Teams" columns={teamsColumns(canManage)} />
    </>
  );
}
