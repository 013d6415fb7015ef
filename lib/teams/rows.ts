import { eq, getTableColumns, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { publicTeamName } from "@/db/enums";
import { teamMembers, teams, users } from "@/db/schema";
import { isoSeconds } from "@/lib/http/timestamps";
import { managedBy } from "@/lib/scim/managed-by";
import type { Team } from "@/lib/teams/contract";
import { nameKey } from "@/lib/users/name";

export const publicTeamKey = nameKey(publicTeamName);

const memberCount = sql<number>`case when ${teams.nameKey} = ${publicTeamKey}
  then (select count(*) from ${users})
  else (select count(*) from ${teamMembers} where ${teamMembers.teamId} = ${teams.id}) end`.mapWith(Number);

/** Teams with the number of their members; narrow it with `.where`, order and page it. */
export function selectTeams(source: Database) {
  return source
    .select({ ...getTableColumns(teams), memberCount })
    .from(teams)
    .$dynamic();
}

export type TeamRow = Awaited<ReturnType<typeof selectTeams>>[number];

/** The one team of this id. */
export async function findTeamRow(source: Database, id: number): Promise<TeamRow | undefined> {
  const [row] = await selectTeams(source).where(eq(teams.id, id));
  return row;
}

/** A team as the API shows it. */
export function presentTeam(row: TeamRow): Team {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    member_count: row.memberCount,
    locked: row.nameKey === publicTeamKey,
    managed_by: managedBy(row, ["name", "members"]),
    created_at: isoSeconds(row.createdAt),
  };
}
