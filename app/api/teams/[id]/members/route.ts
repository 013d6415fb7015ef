import { route } from "@/lib/http/route";
import { changeTeamMembers } from "@/lib/teams/change-team-members";
import { changeTeamMembers as changeTeamMembersEndpoint } from "@/lib/teams/contract";

export const PATCH = route(changeTeamMembersEndpoint, ({ principal, params, body }) =>
  changeTeamMembers(principal, params.id, body),
);
