import { eq } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import type { Role, UserType } from "@/db/enums";
import { teamMembers, users } from "@/db/schema";
import type { Principal } from "@/lib/access/principal";
import { now } from "@/lib/clock";
import { fieldProblem } from "@/lib/errors";
import { findTeamsByName } from "@/lib/teams/find-teams-by-name";
import { refuseManagedTeams } from "@/lib/teams/refuse-managed-teams";
import { touchTeams } from "@/lib/teams/touch-teams";
import { nameKey } from "@/lib/users/name";
import { attributesOfPerson } from "@/lib/users/person-attributes";
import { findUserRow, type UserRow } from "@/lib/users/rows";

interface NewAccount {
  userId: string;
  name: string;
  userType: UserType;
  role: Role;
  email: string | null;
  /** Names of teams, ignoring case; `Public` may be among them. */
  teams: string[];
}

/**
 * Inserts an account with its teams.
 * @param idField the field of the request that the `user_id` comes from, for the 409 when it is taken
 * @throws Problem `name_taken` (409) naming the account that has the id; `invalid_input` (422) for unknown teams;
 *   `provider_managed` (409) for a person in a team of the identity provider's
 */
export async function insertAccount(
  tx: Transaction,
  principal: Principal,
  account: NewAccount,
  idField: "name" | "email",
): Promise<UserRow> {
  const joined = await findTeamsByName(tx, account.teams);
  const userIdKey = nameKey(account.userId);
  const [inserted] = await tx
    .insert(users)
    .values({
      userId: account.userId,
      userIdKey,
      name: account.name,
      email: account.email,
      userType: account.userType,
      role: account.role,
      searchKey: userSearchKey(account),
      ...(account.userType === "User" ? attributesOfPerson(account) : {}),
      createdAt: now(),
      createdById: principal.user.id,
      updatedAt: now(),
    })
    .onConflictDoNothing({ target: users.userIdKey })
    .returning({ id: users.id });

  if (!inserted) {
    const taken = await findUserRow(tx, eq(users.userIdKey, userIdKey));
    const owner = taken ? ` by "${taken.name}" (${taken.id})` : "";
    throw fieldProblem(
      idField,
      `${account.userId} is taken${owner}. Choose another ${idField === "name" ? "name" : "e-mail"}.`,
      "name_taken",
    );
  }

  if (joined.length > 0)
    await tx
      .insert(teamMembers)
      .values(joined.map((team, position) => ({ userId: inserted.id, teamId: team.id, position })));
  const joinedIds = joined.map(({ id }) => id);
  await refuseManagedTeams(tx, account.userType, joinedIds);
  if (account.userType === "User") await touchTeams(tx, joinedIds);

  const row = await findUserRow(tx, eq(users.id, inserted.id));
  if (!row) throw new Error(`User ${inserted.id} vanished inside its own transaction.`);
  return row;
}

/** What a search looks through, a line each. */
export function userSearchKey(account: Pick<NewAccount, "name" | "userId" | "email">): string {
  return nameKey([account.name, account.userId, account.email ?? ""].join("\n"));
}
