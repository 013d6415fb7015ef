import { type Role, roles } from "@/db/enums";
import { hasRole } from "@/lib/access/permissions";
import type { KnownAccount } from "@/lib/gate/known-account";
import { teamKey } from "@/lib/users/name";

/**
 * What `?role=` (at least) and `?team=` (member of) ask of a good token's account. All of several hold; what can't be
 * understood lets nobody in.
 * @returns why the account is not enough; undefined when it is
 */
export function tooLittle(account: KnownAccount, search: string): string | undefined {
  const query = new URLSearchParams(search);
  for (const role of query.getAll("role")) {
    if (!roles.includes(role as Role)) return `There is no role "${role}".`;
    if (!hasRole(account.role, role as Role)) return `This takes the ${role} role.`;
  }
  for (const team of query.getAll("team")) {
    const wanted = teamKey(team);
    if (!account.teams.some((name) => teamKey(name) === wanted))
      return `This takes a member of the team "${team}".`;
  }
  return undefined;
}

/** Team names for a header: comma-joined, each percent-encoded where it isn't a token character (RFC 9110 §5.6.2). */
export function teamsHeader(teams: readonly string[]): string {
  return teams.map((team) => team.replace(/[^!#$&'*+\-.^_`|~0-9A-Za-z]/gu, encodeURIComponent)).join(",");
}
