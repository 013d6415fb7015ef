import { publicTeamName, type Role, type UserType } from "@/db/enums";

/** What the gate knows of an account; tokens that were read with the same account share one of these. */
export interface KnownAccount {
  id: number;
  userId: string;
  userType: UserType;
  role: Role;
  active: boolean;
  teams: readonly string[];
  teamIds: readonly number[];
  /** What it was read from: while this is the same, so is all the rest. */
  source: string;
}

/** An account as the database writes it down for the gate (`accountJson`); teams are null for none but `Public`. */
type Source = [
  userId: string,
  userType: UserType,
  role: Role,
  active: boolean,
  teams: [id: number, name: string][] | null,
];

/** For a query with the account's row as `u`: what `readAccount` reads. */
export const accountJson = `
  json_build_array(u.user_id, u.user_type, u.role, u.active, (
    select json_agg(json_build_array(n.id, n.name) order by m.position)
    from team_members m join teams n on n.id = m.team_id where m.user_id = u.id))`;

export function readAccount(id: number, source: string): KnownAccount {
  const [userId, userType, role, active, teams] = JSON.parse(source) as Source;
  return {
    id,
    userId,
    userType,
    role,
    active,
    teams: [publicTeamName, ...(teams ?? []).map(([, name]) => name)],
    teamIds: (teams ?? []).map(([teamId]) => teamId),
    source,
  };
}
