import { route } from "@/lib/http/route";
import { createTeam as createTeamEndpoint, listTeams } from "@/lib/teams/contract";
import { createTeam } from "@/lib/teams/create-team";
import { findTeams } from "@/lib/teams/find-teams";

export const GET = route(listTeams, ({ principal, query }) => findTeams(principal, query));

export const POST = route(createTeamEndpoint, ({ principal, body }) => createTeam(principal, body));
