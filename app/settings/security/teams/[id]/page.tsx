import type { Metadata } from "next";
import { forbidden, notFound } from "next/navigation";
import type { SearchParams } from "nuqs/server";
import { cache } from "react";
import { loadMembersView, membersFilter } from "@/components/teams/members-view";
import { TeamScreen } from "@/components/teams/team-screen";
import { teamAddress } from "@/components/teams/teams-view";
import { findPagePrincipal, requirePagePrincipal } from "@/lib/access/page-principal";
import { hasPermission } from "@/lib/access/permissions";
import { Problem } from "@/lib/errors";
import { idParams } from "@/lib/http/shapes";
import type { Team } from "@/lib/teams/contract";
import { findTeam } from "@/lib/teams/find-teams";
import { findUsers } from "@/lib/users/find-users";

interface TeamPageProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParams>;
}

export async function generateMetadata({ params }: TeamPageProps): Promise<Metadata> {
  const team = await readTeam((await params).id);
  return { title: team ? `${team.name} · Security` : "Security" };
}

export default async function TeamPage({ params, searchParams }: TeamPageProps) {
  const { id } = await params;
  const principal = await requirePagePrincipal(teamAddress(id));
  if (!hasPermission(principal, "teams:read")) forbidden();
  // Before anything streams: what has begun to is a 200.
  const team = await readTeam(id);
  if (!team) notFound();

  const view = await loadMembersView(searchParams);
  const members = await findUsers(principal, membersFilter(team.name, view));
  return (
    <TeamScreen
      key={team.id}
      first={{ team, members, view, fetchedAt: Date.now() }}
      viewer={{ id: principal.user.id, canManage: hasPermission(principal, "teams:manage") }}
    />
  );
}

/** The team of this number, for those who may read it; once for title and page. */
const readTeam = cache(async (text: string): Promise<Team | undefined> => {
  const principal = await findPagePrincipal();
  const params = idParams.safeParse({ id: text });
  if (!principal || !params.success || !hasPermission(principal, "teams:read")) return undefined;
  try {
    return await findTeam(principal, params.data.id);
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return undefined;
    throw error;
  }
});
