import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import type { UserType } from "@/db/enums";
import { teamMembers, users } from "@/db/schema";
import { requirePermission } from "@/lib/access/permissions";
import type { Principal } from "@/lib/access/principal";
import { record } from "@/lib/audit/record";
import { fieldProblem } from "@/lib/errors";
import { announce } from "@/lib/gate/announce";
import { providerManaged } from "@/lib/scim/managed-by";
import type { MembershipChanges, Team } from "@/lib/teams/contract";
import { lockTeam } from "@/lib/teams/lock-team";
import { findTeamRow, presentTeam } from "@/lib/teams/rows";
import { teamTransaction } from "@/lib/teams/team-transaction";
import { touchTeams } from "@/lib/teams/touch-teams";

/** An account, as messages and the audit log name it. */
interface Member {
  id: number;
  userId: string;
  userType: UserType;
}

/**
 * Adds and removes members of a team, set-wise: who is in stays in, who is out stays out, and changes that others make
 * at the same time hold beside it.
 * @throws Problem `not_found` (404), `team_locked` (409) for `Public`, `provider_managed` (409) for people in a team of
 *   the identity provider's, `invalid_input` (422, field `add`) naming every unknown account
 */
export async function changeTeamMembers(
  principal: Principal,
  id: number,
  { add, remove }: MembershipChanges,
): Promise<Team> {
  requirePermission(principal, "teams:manage");

  return teamTransaction(principal, [id], async (tx) => {
    const team = await lockTeam(tx, id, "no key update");
    const added = await join(tx, id, await holdAccounts(tx, add));
    const removed = await leave(tx, id, remove);

    if (team.provisionedAt) refusePeople(team.name, added, removed);

    if (added.length + removed.length > 0) {
      if ([...added, ...removed].some(isPerson)) await touchTeams(tx, [id]);
      await record(tx, principal, "team.members_changed", {
        target: { type: "team", id, name: team.name },
        after: { added: added.map(({ userId }) => userId), removed: removed.map(({ userId }) => userId) },
      });
      // By account: a gate that knows somebody's tokens can't know that they have just joined.
      await announce(
        tx,
        "user",
        [...added, ...removed].map(({ id }) => id),
      );
    }
    const after = await findTeamRow(tx, id);
    if (!after) throw new Error(`Team ${id} vanished while it was held.`);
    return presentTeam(after);
  });
}

/** Which people are in a team of the identity provider's is said there (A8); it knows nothing of service accounts. */
function refusePeople(team: string, added: readonly Member[], removed: readonly Member[]): void {
  if (added.some(isPerson)) throw providerManaged("add", `Which people are in ${team}`);
  if (removed.some(isPerson)) throw providerManaged("remove", `Which people are in ${team}`);
}

function isPerson({ userType }: Member): boolean {
  return userType === "User";
}

/** The accounts of these numbers, which stay until the transaction ends. */
async function holdAccounts(tx: Transaction, ids: readonly number[]): Promise<Member[]> {
  if (ids.length === 0) return [];
  const found = await tx
    .select({ id: users.id, userId: users.userId, userType: users.userType })
    .from(users)
    .where(inArray(users.id, [...ids]))
    .orderBy(asc(users.id))
    .for("key share");
  const known = new Set(found.map(({ id }) => id));
  const unknown = [...new Set(ids)].filter((id) => !known.has(id));
  if (unknown.length > 0)
    throw fieldProblem(
      "add",
      `Unknown ${unknown.length === 1 ? "account" : "accounts"}: ${unknown.join(", ")}. Nothing was changed.`,
    );
  return found;
}

/** A team joined later comes last among the member's teams. */
async function join(tx: Transaction, teamId: number, members: readonly Member[]): Promise<Member[]> {
  if (members.length === 0) return [];
  const last = sql<number>`(select coalesce(max(position) + 1, 0) from ${teamMembers} where user_id = ${users.id})`;
  const joined = await tx
    .insert(teamMembers)
    .select(
      tx
        .select({
          userId: users.id,
          teamId: sql`${teamId}::bigint`.as("team_id"),
          position: last.as("position"),
        })
        .from(users)
        .where(
          inArray(
            users.id,
            members.map(({ id }) => id),
          ),
        )
        // In one order, so that two who add the same can't wait for each other.
        .orderBy(asc(users.id)),
    )
    .onConflictDoNothing()
    .returning({ userId: teamMembers.userId });
  const ids = new Set(joined.map(({ userId }) => userId));
  return members.filter(({ id }) => ids.has(id));
}

async function leave(tx: Transaction, teamId: number, ids: readonly number[]): Promise<Member[]> {
  if (ids.length === 0) return [];
  const itsMembers = and(eq(teamMembers.teamId, teamId), inArray(teamMembers.userId, [...ids]));
  // Held in one order, so that two who remove the same can't wait for each other.
  const leaving = await tx
    .select({ id: users.id, userId: users.userId, userType: users.userType })
    .from(teamMembers)
    .innerJoin(users, eq(users.id, teamMembers.userId))
    .where(itsMembers)
    .orderBy(asc(teamMembers.userId))
    .for("update", { of: teamMembers });
  await tx.delete(teamMembers).where(itsMembers);
  return leaving;
}
