import { and, type SQL } from "drizzle-orm";
import { db } from "@/db/client";
import { teams } from "@/db/schema";
import { requirePermission } from "@/lib/access/permissions";
import type { Principal } from "@/lib/access/principal";
import { presentGroup } from "@/lib/scim/groups/present-group";
import { findGroupRow, findMembersOf, type GroupRow, isGroup, selectGroups } from "@/lib/scim/groups/rows";
import type { ResourceType } from "@/lib/scim/protocol/attributes";
import { parseFilter } from "@/lib/scim/protocol/filter";
import { groupType } from "@/lib/scim/protocol/group-schema";
import { Projection } from "@/lib/scim/protocol/projection";
import { compileFilter } from "@/lib/scim/search/compile-filter";
import { groupOperands } from "@/lib/scim/search/group-operands";
import { orderBy } from "@/lib/scim/search/order";
import { type Page, pageOf } from "@/lib/scim/search/page";
import type { SearchRequest } from "@/lib/scim/search/search-request";
import { noResource } from "@/lib/scim/users/rows";

/**
 * One page of the groups that a filter finds, in an order that stays.
 * @throws ScimError 400 `invalidFilter`, `invalidPath`
 */
export async function findGroups(
  principal: Principal,
  search: SearchRequest,
  baseUrl: string,
): Promise<Page> {
  requirePermission(principal, "scim:manage");

  const condition = and(isGroup, groupsCondition(search.filter, baseUrl));
  const page = await pageOf(search, {
    rows: (database, limit, offset) =>
      selectGroups(database)
        .where(condition)
        .orderBy(...orderBy(groupType, search, groupOperands(baseUrl), teams.id))
        .limit(limit)
        .offset(offset),
    total: (database) => database.$count(teams, condition),
  });
  return { ...page, resources: await presentGroups(page.rows, new Projection(groupType, search), baseUrl) };
}

/** @throws ScimError 404 */
export async function findGroup(principal: Principal, id: number): Promise<GroupRow> {
  requirePermission(principal, "scim:manage");

  const group = await findGroupRow(db(), id);
  if (!group) throw noResource("Group", id);
  return group;
}

/** @param others types that are searched along with groups */
export function groupsCondition(
  filter: string | undefined,
  baseUrl: string,
  others: readonly ResourceType[] = [],
): SQL | undefined {
  return filter === undefined
    ? undefined
    : compileFilter(parseFilter(groupType, filter, others), groupOperands(baseUrl));
}

export async function presentGroups(
  groups: readonly GroupRow[],
  projection: Projection,
  baseUrl: string,
): Promise<Record<string, unknown>[]> {
  const ids = projection.wants("members") ? groups.map(({ id }) => id) : [];
  const membersOf = await findMembersOf(db(), ids);
  return groups.map((group) => projection.apply(presentGroup(group, membersOf.get(group.id), baseUrl)));
}
