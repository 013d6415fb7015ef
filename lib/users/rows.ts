import { eq, getTableColumns, inArray, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { type Database, db } from "@/db/client";
import { publicTeamName } from "@/db/enums";
import { signIns, teamMembers, teams, users } from "@/db/schema";
import { env } from "@/lib/env";
import { isoSeconds, isoSecondsOrNull } from "@/lib/http/timestamps";
import { managedBy } from "@/lib/scim/managed-by";
import type { Document } from "@/lib/scim/protocol/document";
import { namedRole } from "@/lib/scim/users/named-role";
import { summariseTokens } from "@/lib/tokens/summarise-tokens";
import type { Account, User } from "@/lib/users/contract";
import { versionOf } from "@/lib/users/version";

const creator = alias(users, "creator");
/** What only comparisons look at stays in the database. */
const { attributesKey: _compared, ...columns } = getTableColumns(users);

const teamNames = sql<string[]>`array(
  select ${teams.name} from ${teamMembers} join ${teams} on ${teams.id} = ${teamMembers.teamId}
  where ${teamMembers.userId} = ${users.id} order by ${teamMembers.position})`;

/** Users with their teams and who created them; narrow it with `.where`, order and page it. */
function selectUsers(source: Database) {
  return source
    .select({
      ...columns,
      teamNames,
      signInEmail: signIns.email,
      creator: { id: creator.id, userId: creator.userId, name: creator.name },
    })
    .from(users)
    .leftJoin(signIns, eq(signIns.id, users.id))
    .leftJoin(creator, eq(creator.id, users.createdById))
    .$dynamic();
}

export type UserRow = Awaited<ReturnType<typeof selectUsers>>[number];

/** The one user that `condition` finds. */
export async function findUserRow(source: Database, condition: SQL): Promise<UserRow | undefined> {
  const [row] = await selectUsers(source).where(condition).limit(1);
  return row;
}

/** The users of these ids, in this order, with what they hold: two queries, side by side, whatever the number. */
export async function readUsers(ids: readonly number[]): Promise<User[]> {
  if (ids.length === 0) return [];
  const [rows, tokensOf] = await Promise.all([
    selectUsers(db()).where(inArray(users.id, [...ids])),
    summariseTokens(db(), ids),
  ]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    if (!row) return [];
    const account = presentUser(row);
    return { ...account, tokens: tokensOf(id), version: versionOf(account) };
  });
}

/** An account as the API and the audit log show it (A3: a service account has the instance's service e-mail; A4: `Public` first). */
export function presentUser(row: UserRow): Account {
  return {
    id: row.id,
    user_id: row.userId,
    user_name: row.userId,
    email: row.userType === "Service" ? env().serviceEmail : row.email,
    name: row.name,
    user_type: row.userType,
    role: row.role,
    teams: [publicTeamName, ...row.teamNames],
    active: row.active,
    description: row.description,
    sign_in_email: row.signInEmail,
    managed_by: managedBy(row, managesRole(row) ? ["name", "role"] : ["name"]),
    created_at: isoSeconds(row.createdAt),
    created_by: row.creator && { id: row.creator.id, user_id: row.creator.userId, name: row.creator.name },
    last_seen_at: isoSecondsOrNull(row.lastSeenAt),
  };
}

/** Whether the identity provider gives the role: one that was given here stays while `roles` is silent. */
export function managesRole({ attributes }: Pick<UserRow, "attributes">): boolean {
  return namedRole((attributes ?? {}) as Document) !== undefined;
}
