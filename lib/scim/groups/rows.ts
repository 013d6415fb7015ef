import { and, asc, eq, inArray, ne } from "drizzle-orm";
import type { Database, Transaction } from "@/db/client";
import { teamMembers, teams, users } from "@/db/schema";
import { publicTeamKey } from "@/lib/teams/rows";

/** The columns of a team that SCIM reads. */
export const groupColumns = {
  id: teams.id,
  name: teams.name,
  externalId: teams.externalId,
  provisionedAt: teams.provisionedAt,
  createdAt: teams.createdAt,
  updatedAt: teams.updatedAt,
};

/** `Public` is no group to edit: everybody is in it. */
export const isGroup = ne(teams.nameKey, publicTeamKey);

/** Groups; narrow it with `.where`, order and page it. */
export function selectGroups(source: Database) {
  return source.select(groupColumns).from(teams).$dynamic();
}

export type GroupRow = Awaited<ReturnType<typeof selectGroups>>[number];

export async function findGroupRow(source: Database, id: number): Promise<GroupRow | undefined> {
  const [row] = await selectGroups(source).where(and(isGroup, eq(teams.id, id)));
  return row;
}

/** The same, held until the transaction ends: `update` from everybody, `no key update` from those who change it. */
export async function lockGroup(
  tx: Transaction,
  id: number,
  strength: "update" | "no key update",
): Promise<GroupRow | undefined> {
  const [row] = await selectGroups(tx)
    .where(and(isGroup, eq(teams.id, id)))
    .for(strength);
  return row;
}

/** The people in these groups, by group. Service accounts in them are none of SCIM's business. */
export async function findMembersOf(
  source: Database,
  ids: readonly number[],
): Promise<Map<number, number[]>> {
  const byGroup = new Map<number, number[]>(ids.map((id) => [id, []]));
  if (ids.length === 0) return byGroup;
  const rows = await source
    .select({ groupId: teamMembers.teamId, userId: teamMembers.userId })
    .from(teamMembers)
    .innerJoin(users, and(eq(users.id, teamMembers.userId), eq(users.userType, "User")))
    .where(inArray(teamMembers.teamId, [...ids]))
    .orderBy(asc(teamMembers.teamId), asc(teamMembers.userId));
  for (const { groupId, userId } of rows) byGroup.get(groupId)?.push(userId);
  return byGroup;
}
