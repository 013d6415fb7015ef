import { and, eq, exists, inArray, or, type SQL, sql } from "drizzle-orm";
import type { Database, Transaction } from "@/db/client";
import { Overtaken } from "@/db/failures";
import { teamMembers, teams, users } from "@/db/schema";
import { now } from "@/lib/clock";
import { teamKey } from "@/lib/users/name";

/**
 * Notes that teams, or which people are in them, have changed: their version moves on, also within one millisecond. Of
 * service accounts, which SCIM doesn't show, it tells nothing. Who holds accounts as well holds the teams first.
 */
export async function touchTeams(tx: Transaction, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await holdTeams(tx, inArray(teams.id, [...ids]));
  const moment = now().toISOString();
  await tx
    .update(teams)
    .set({
      updatedAt: sql`greatest(${moment}::timestamptz, ${teams.updatedAt} + interval '1 millisecond')`,
    })
    .where(inArray(teams.id, [...ids]));
}

/**
 * Holds the teams that a person is in, and those of these names, until the transaction ends: before the person is held,
 * as whoever changes a team holds it before its members.
 * @returns their numbers, for `requireTeamsHeld`
 */
export async function holdTeamsOfPerson(
  tx: Transaction,
  userId: number,
  names: readonly string[] = [],
): Promise<number[]> {
  const isPerson = exists(
    tx
      .select({ one: sql`1` })
      .from(users)
      .where(and(eq(users.id, userId), eq(users.userType, "User"))),
  );
  const itsTeams = tx
    .select({ id: teamMembers.teamId })
    .from(teamMembers)
    .where(eq(teamMembers.userId, userId));
  const keys = names.map((name) => teamKey(name));
  return holdTeams(tx, and(isPerson, or(inArray(teams.id, itsTeams), inArray(teams.nameKey, keys))));
}

/** The teams that a person is in; of a service account none. */
export async function teamsOfPerson(source: Database, userId: number): Promise<number[]> {
  const rows = await source
    .select({ id: teamMembers.teamId })
    .from(teamMembers)
    .innerJoin(users, and(eq(users.id, teamMembers.userId), eq(users.userType, "User")))
    .where(eq(teamMembers.userId, userId));
  return rows.map(({ id }) => id);
}

/**
 * That a person, who is held by now so that nobody puts them into teams any more, is in no team but those that were held
 * before. To hold another one now would be to wait for who holds it and waits for the person.
 * @returns those that the person is in
 * @throws Overtaken
 */
export async function requireTeamsHeld(
  tx: Transaction,
  userId: number,
  held: readonly number[],
): Promise<number[]> {
  const ids = await teamsOfPerson(tx, userId);
  if (ids.every((id) => held.includes(id))) return ids;
  throw new Overtaken(`Account ${userId} has come into a team that isn't held.`);
}

/** In one order, so that two who hold several can't wait for each other. */
async function holdTeams(tx: Transaction, which: SQL | undefined): Promise<number[]> {
  const held = await tx
    .select({ id: teams.id })
    .from(teams)
    .where(which)
    .orderBy(teams.id)
    .for("no key update");
  return held.map(({ id }) => id);
}
