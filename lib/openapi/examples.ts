import type { verifyAudit } from "@/lib/audit/contract";
import type { Input } from "@/lib/http/endpoint";
import type { introspect } from "@/lib/introspection/contract";
import type { changePassword, setPasswordByLink, setUp, signIn } from "@/lib/sign-in/contract";
import type { changeTeamMembers, createTeam, updateTeam } from "@/lib/teams/contract";
import type {
  changeToken,
  createToken,
  deleteTokens,
  revokeTokens,
  rotateToken,
} from "@/lib/tokens/contract";
import type { createUser, updateUser } from "@/lib/users/contract";

/** A body for each operation that takes one, by its id. */
export const bodyExamples = new Map<string, unknown>([
  [
    "createUser",
    {
      name: "API Access",
      role: "Editor",
      teams: ["Data Engineering", "Data Quality"],
      token: { name: "api-production", expires_in_days: 365 },
    } satisfies Input<typeof createUser.body>,
  ],
  ["updateUser", { role: "Member", active: false } satisfies Input<typeof updateUser.body>],
  [
    "createToken",
    { name: "api-production", user_id: 123, expires_in_days: 365 } satisfies Input<typeof createToken.body>,
  ],
  ["changeToken", { revoke: true } satisfies Input<typeof changeToken.body>],
  ["rotateToken", { expires_in_days: 365, overlap_hours: 24 } satisfies Input<typeof rotateToken.body>],
  ["revokeTokens", { ids: [456, 457] } satisfies Input<typeof revokeTokens.body>],
  ["deleteTokens", { ids: [456, 457] } satisfies Input<typeof deleteTokens.body>],
  ["introspect", { token: "lk_svc_…" } satisfies Input<typeof introspect.body>],
  [
    "createTeam",
    { name: "Data Engineering", description: "Pipelines and the lake" } satisfies Input<
      typeof createTeam.body
    >,
  ],
  ["updateTeam", { name: "Data Platform" } satisfies Input<typeof updateTeam.body>],
  ["changeTeamMembers", { add: [123, 124], remove: [125] } satisfies Input<typeof changeTeamMembers.body>],
  [
    "setUp",
    {
      code: "the code from the server's log",
      name: "Ada Admin",
      email: "ada@example.com",
      password: "correct horse battery staple",
    } satisfies Input<typeof setUp.body>,
  ],
  [
    "signIn",
    { email: "ada@example.com", password: "correct horse battery staple" } satisfies Input<
      typeof signIn.body
    >,
  ],
  [
    "changePassword",
    {
      current_password: "correct horse battery staple",
      new_password: "an even longer password",
    } satisfies Input<typeof changePassword.body>,
  ],
  [
    "setPasswordByLink",
    { code: "the code from the link", password: "correct horse battery staple" } satisfies Input<
      typeof setPasswordByLink.body
    >,
  ],
  ["verifyAudit", { from_seal: 1 } satisfies Input<typeof verifyAudit.body>],
]);
