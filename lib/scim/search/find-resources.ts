import { and, inArray, type SQL, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { teams, users } from "@/db/schema";
import { requirePermission } from "@/lib/access/permissions";
import type { Principal } from "@/lib/access/principal";
import { presentGroups } from "@/lib/scim/groups/find-groups";
import { isGroup, selectGroups } from "@/lib/scim/groups/rows";
import { findAttributePath } from "@/lib/scim/protocol/attribute-path";
import type { ResourceType } from "@/lib/scim/protocol/attributes";
import { groupType } from "@/lib/scim/protocol/group-schema";
import { Projection } from "@/lib/scim/protocol/projection";
import { userType } from "@/lib/scim/protocol/user-schema";
import { filterCondition } from "@/lib/scim/search/filter-condition";
import { groupOperands } from "@/lib/scim/search/group-operands";
import type { Operands } from "@/lib/scim/search/operands";
import { sortKey } from "@/lib/scim/search/order";
import { type Page, pageOf } from "@/lib/scim/search/page";
import type { SearchRequest } from "@/lib/scim/search/search-request";
import { userOperands } from "@/lib/scim/search/user-operands";
import { presentPeople } from "@/lib/scim/users/find-users";
import { isPerson, selectPeople } from "@/lib/scim/users/rows";

interface Found {
  kind: "User" | "Group";
  id: number;
}

/**
 * One page of all resources, people before groups unless sorted. What only one of the types has, the other has
 * unassigned (RFC 7644 §3.4.2.1).
 * @throws ScimError 400 for a filter or an order by what neither has
 */
export async function findResources(
  principal: Principal,
  search: SearchRequest,
  baseUrl: string,
): Promise<Page> {
  requirePermission(principal, "scim:manage");

  const { all, isQuick } = bothTypes(search, baseUrl);
  const page = await pageOf<Found>(search, {
    isQuick,
    gone: principal.request.gone,
    rows: async (database, limit, offset) => {
      const direction = search.descending ? sql`desc nulls first` : sql`asc nulls last`;
      const { rows } = await database.execute<{ kind: Found["kind"]; id: string }>(
        sql`${all} order by key ${direction}, kind desc, id limit ${limit} offset ${offset}`,
      );
      return rows.map(({ kind, id }) => ({ kind, id: Number(id) }));
    },
    total: async (database) => {
      const { rows } = await database.execute<{ total: string }>(
        sql`select count(*) as total from (${all}) as found`,
      );
      return Number(rows[0]?.total);
    },
  });
  return { ...page, resources: await present(page.rows, search, baseUrl) };
}

function bothTypes({ filter, sortBy }: SearchRequest, baseUrl: string): { all: SQL; isQuick: boolean } {
  const ofPeople = filterCondition(userType, filter, userOperands(baseUrl), [groupType]);
  const ofGroups = filterCondition(groupType, filter, groupOperands(baseUrl), [userType]);
  const people = and(isPerson, ofPeople.condition);
  const groups = and(isGroup, ofGroups.condition);
  const peopleKey = keyOf(userType, groupType, sortBy, userOperands(baseUrl));
  const groupsKey = keyOf(groupType, userType, sortBy, groupOperands(baseUrl));
  const all = sql`select 'User' as kind, ${users.id} as id, ${peopleKey} as key from ${users} where ${people}
    union all select 'Group' as kind, ${teams.id} as id, ${groupsKey} as key from ${teams} where ${groups}`;
  return { all, isQuick: ofPeople.isQuick && ofGroups.isQuick };
}

/** Both types have to have their keys in one form. */
function keyOf(type: ResourceType, other: ResourceType, sortBy: string | undefined, operands: Operands): SQL {
  const isElsewhere =
    sortBy !== undefined && !findAttributePath(type, sortBy) && findAttributePath(other, sortBy);
  if (sortBy === undefined || isElsewhere) return sql`null::text collate "C"`;
  return sql`(${sortKey(type, sortBy, operands)})::text collate "C"`;
}

async function present(
  found: readonly Found[],
  search: SearchRequest,
  baseUrl: string,
): Promise<Record<string, unknown>[]> {
  const idsOf = (kind: Found["kind"]) => found.flatMap((row) => (row.kind === kind ? [row.id] : []));
  const people = await selectPeople(db()).where(inArray(users.id, idsOf("User")));
  const groups = await selectGroups(db()).where(inArray(teams.id, idsOf("Group")));
  const shownPeople = await presentPeople(people, new Projection(userType, search), baseUrl);
  const shownGroups = await presentGroups(groups, new Projection(groupType, search), baseUrl);
  const shown = new Map([
    ...people.map(({ id }, index) => [`User ${id}`, shownPeople[index]] as const),
    ...groups.map(({ id }, index) => [`Group ${id}`, shownGroups[index]] as const),
  ]);
  return found.map(({ kind, id }) => shown.get(`${kind} ${id}`)).filter((resource) => resource !== undefined);
}
