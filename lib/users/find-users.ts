import { and, asc, desc, eq, exists, isNull, type SQL, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { publicTeamName } from "@/db/enums";
import { type ListOrder, readPage, readSearchedPage, type Steps } from "@/db/list-page";
import { teamMembers, teams, userRecency, users } from "@/db/schema";
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
  const page = { table: users, condition, order: order(query.sort, condition === undefined), ...query };
  const matches = sql`select ${users.id}, name, role, created_at, last_seen_at from ${users} where ${condition}`;
  const { ids, total, isEstimate } = await (query.search
    ? readSearchedPage({ ...page, matches }, principal.request.gone)
    : readPage(page));
  const items = await readUsers(ids);
  return { items, total, page: query.page, size: query.size, total_is_estimate: isEstimate };
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

/** As the indexes have it (db/schema.ts), from one end or the other. */
function order(sort: Query["sort"], isOfAll: boolean): ListOrder {
  switch (sort) {
    case "name":
      return { by: [asc(sortedName), asc(users.id)] };
    case "-name":
      return { by: [desc(sortedName), desc(users.id)] };
    case "created_at":
      return { by: [asc(users.createdAt), asc(users.id)] };
    case "-created_at":
      return { by: [desc(users.createdAt), desc(users.id)] };
    case "role":
      return { by: [asc(users.role), asc(users.id)] };
    case "-role":
      return { by: [desc(users.role), desc(users.id)] };
    case "last_seen_at":
      return byLastSeen("asc", isOfAll);
    case "-last_seen_at":
      return byLastSeen("desc", isOfAll);
  }
}

/** In the steps of `user_recency`, and within each by the moment itself; who was never seen comes last either way. */
function byLastSeen(direction: "asc" | "desc", isOfAll: boolean): ListOrder {
  const way = direction === "asc" ? asc : desc;
  const steps: Steps = { table: userRecency, step: userRecency.seenAround, way: direction };
  return {
    by: [sql`${way(users.lastSeenAt)} nulls last`, way(users.id)],
    stretches: [
      {
        along: sql`join ${userRecency} on ${eq(userRecency.userId, users.id)}`,
        by: [way(userRecency.seenAround), way(users.lastSeenAt), way(users.id)],
        steps: isOfAll ? steps : undefined,
      },
      { condition: isNull(users.lastSeenAt), by: [way(users.id)] },
    ],
  };
}

const sortedName = sql`lower(${users.name}) collate "C"`;
