import { and, asc, desc, eq, exists, type SQL, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { publicTeamName } from "@/db/enums";
import { teamMembers, teams, users } from "@/db/schema";
import { requirePermission } from "@/lib/access/permissions";
import type { Principal } from "@/lib/access/principal";
import { env } from "@/lib/env";
import type { Output } from "@/lib/http/endpoint";
import { contains } from "@/lib/http/search";
import type { listUsers } from "@/lib/users/contract";
import { nameKey } from "@/lib/users/name";
import { readUsers } from "@/lib/users/rows";

type Query = Output<typeof listUsers.query>;

/** One page of the users that match (Managers). Equal ones stay in one order, so pages neither overlap nor leave gaps. */
export async function findUsers(
  principal: Principal,
  query: Query,
): Promise<Output<typeof listUsers.answer>> {
  requirePermission(principal, "users:read");

  const condition = matching(query);
  // The rows before the page are passed over by their ids alone; teams and tokens are read for the page.
  const [page, total] = await Promise.all([
    db()
      .select({ id: users.id })
      .from(users)
      .where(condition)
      .orderBy(...order(query.sort))
      .limit(query.size)
      .offset((query.page - 1) * query.size),
    db().$count(users, condition),
  ]);
  const items = await readUsers(
    db(),
    page.map(({ id }) => id),
  );
  return { items, total, page: query.page, size: query.size };
}

function matching({ search, user_id, user_type, role, team, status }: Query): SQL | undefined {
  return and(
    search ? found(nameKey(search.trim())) : undefined,
    user_id === undefined ? undefined : eq(users.userIdKey, nameKey(user_id)),
    user_type && eq(users.userType, user_type),
    role && eq(users.role, role),
    status && eq(users.active, status === "active"),
    team === undefined || nameKey(team) === nameKey(publicTeamName) ? undefined : memberOf(nameKey(team)),
  );
}

/** Service accounts share the instance's e-mail, which is not in their rows. */
function found(text: string): SQL {
  const inRow = contains(users.searchKey, text);
  return nameKey(env().serviceEmail).includes(text)
    ? sql`(${inRow} or ${users.userType} = 'Service')`
    : inRow;
}

function memberOf(teamKey: string): SQL {
  return exists(
    db()
      .select({ one: sql`1` })
      .from(teamMembers)
      .innerJoin(teams, eq(teams.id, teamMembers.teamId))
      .where(and(eq(teamMembers.userId, users.id), eq(teams.nameKey, teamKey))),
  );
}

function order(sort: Query["sort"]): SQL[] {
  const column = {
    name: sql`lower(${users.name}) collate "C"`,
    created_at: sql`${users.createdAt}`,
    role: sql`${users.role}`,
    last_seen_at: sql`${users.lastSeenAt}`,
  }[sort.replace("-", "") as "name" | "created_at" | "role" | "last_seen_at"];
  return sort.startsWith("-")
    ? [sql`${column} desc nulls last`, desc(users.id)]
    : [sql`${column} asc nulls last`, asc(users.id)];
}
