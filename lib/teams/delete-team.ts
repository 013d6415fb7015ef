import { asc, eq } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { teamMembers, teams, users } from "@/db/schema";
import { requirePermission } from "@/lib/access/permissions";
import type { Principal } from "@/lib/access/principal";
import { record } from "@/lib/audit/record";
import { announce } from "@/lib/gate/announce";
import { lockTeam } from "@/lib/teams/lock-team";
import { presentTeam } from "@/lib/teams/rows";
import { teamTransaction } from "@/lib/teams/team-transaction";

/** The audit entry names this many of those who leave. */
const namedMembers = 100;

/**
 * Deletes a team: its members leave it, their accounts stay (A6).
 * @throws Problem `not_found` (404), `team_locked` (409) for `Public`
 */
export async function deleteTeam(principal: Principal, id: number): Promise<void> {
  requirePermission(principal, "teams:manage");

  await teamTransaction(principal, [id], (tx) => removeTeam(tx, principal, id));
}

/** The same inside somebody's transaction. */
export async function removeTeam(tx: Transaction, principal: Principal, id: number): Promise<void> {
  const team = await lockTeam(tx, id, "update");
  const members = await tx
    .select({ userId: users.userId })
    .from(teamMembers)
    .innerJoin(users, eq(users.id, teamMembers.userId))
    .where(eq(teamMembers.teamId, id))
    .orderBy(asc(teamMembers.userId))
    .limit(namedMembers);
  await tx.delete(teams).where(eq(teams.id, id));
  await record(tx, principal, "team.deleted", {
    target: { type: "team", id, name: team.name },
    before: { ...presentTeam(team), members: members.map(({ userId }) => userId) },
  });
  await announce(tx, "team", id);
}
