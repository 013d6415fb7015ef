import { and, asc, eq, inArray } from "drizzle-orm";
import type { Database } from "@/db/client";
import { teamMembers, teams, users } from "@/db/schema";
import { ScimError } from "@/lib/scim/protocol/scim-error";
import { idOf } from "@/lib/scim/search/common-operands";
import type { JoinedGroup } from "@/lib/scim/users/present-user";

/** The columns of a person that SCIM reads. */
export const personColumns = {
  id: users.id,
  userId: users.userId,
  externalId: users.externalId,
  name: users.name,
  email: users.email,
  role: users.role,
  active: users.active,
  attributes: users.attributes,
  provisionedAt: users.provisionedAt,
  createdAt: users.createdAt,
  updatedAt: users.updatedAt,
};

/** Service accounts are not visible to SCIM. */
export const isPerson = eq(users.userType, "User");

/** People; narrow it with `.where`, order and page it. */
export function selectPeople(source: Database) {
  return source.select(personColumns).from(users).$dynamic();
}

export type PersonRow = Awaited<ReturnType<typeof selectPeople>>[number];

export async function findPerson(source: Database, id: number): Promise<PersonRow | undefined> {
  const [row] = await selectPeople(source).where(and(isPerson, eq(users.id, id)));
  return row;
}

/** The teams that people are in, by person. */
export async function findGroupsOf(
  source: Database,
  ids: readonly number[],
): Promise<Map<number, JoinedGroup[]>> {
  const byPerson = new Map<number, JoinedGroup[]>(ids.map((id) => [id, []]));
  if (ids.length === 0) return byPerson;
  const rows = await source
    .select({ userId: teamMembers.userId, id: teams.id, name: teams.name })
    .from(teamMembers)
    .innerJoin(teams, eq(teams.id, teamMembers.teamId))
    .where(inArray(teamMembers.userId, [...ids]))
    .orderBy(asc(teamMembers.userId), asc(teams.id));
  for (const { userId, ...group } of rows) byPerson.get(userId)?.push(group);
  return byPerson;
}

/** @throws ScimError 404 for an id that nobody can have */
export function requireId(kind: "User" | "Group", text: string | undefined): number {
  const id = idOf(text);
  if (id === undefined) throw noResource(kind, text ?? "");
  return id;
}

export function noResource(kind: "User" | "Group", id: string | number): ScimError {
  return new ScimError(404, `There is no ${kind} ${String(id).slice(0, 80)}.`);
}
