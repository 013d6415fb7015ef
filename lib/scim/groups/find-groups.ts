import { and } from "drizzle-orm";
import { db } from "@/db/client";
import { teams } from "@/db/schema";
import { requirePermission } from "@/lib/access/permissions";
import type { Principal } from "@/lib/access/principal";
import { presentGroup } from "@/lib/scim/groups/present-group";
import { findGroupRow, findMembersOf, type GroupRow, isGroup, selectGroups } from "@/lib/scim/groups/rows";
import { groupType } from "@/lib/scim/protocol/group-schema";
import { Projection } from "@/lib/scim/protocol/projection";
import { filterCondition } from "@/lib/scim/search/filter-condition";
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

  const filter = filterCondition(groupType, search.filter, groupOperands(baseUrl));
  const condition = and(isGroup, filter.condition);
  const page = await pageOf(search, {
    isQuick: filter.isQuick,
    gone: principal.request.gone,
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

export async function presentGroups(
  groups: readonly GroupRow[],
  projection: Projection,
  baseUrl: string,
): Promise<Record<string, unknown>[]> {
  const ids = projection.wants("members") ? groups.map(({ id }) => id) : [];
  const membersOf = await findMembersOf(db(), ids);
  return groups.map((group) => projection.apply(presentGroup(group, membersOf.get(group.id), baseUrl)));
}
