import { route } from "@/lib/http/route";
import { readTeam } from "@/lib/teams/contract";
import { findTeam } from "@/lib/teams/find-teams";

export const GET = route(readTeam, ({ principal, params }) => findTeam(principal, params.id));
