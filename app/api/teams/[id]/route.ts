import { route } from "@/lib/http/route";
import {
  deleteTeam as deleteTeamEndpoint,
  readTeam,
  updateTeam as updateTeamEndpoint,
} from "@/lib/teams/contract";
import { deleteTeam } from "@/lib/teams/delete-team";
import { findTeam } from "@/lib/teams/find-teams";
import { updateTeam } from "@/lib/teams/update-team";

export const GET = route(readTeam, ({ principal, params }) => findTeam(principal, params.id));

export const PATCH = route(updateTeamEndpoint, ({ principal, params, body }) =>
  updateTeam(principal, params.id, body),
);

export const DELETE = route(deleteTeamEndpoint, ({ principal, params }) => deleteTeam(principal, params.id));
