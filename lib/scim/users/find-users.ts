import { and } from "drizzle-orm";
import { db } from "@/db/client";
import { users } from "@/db/schema";
import { requirePermission } from "@/lib/access/permissions";
import type { Principal } from "@/lib/access/principal";
import { Projection } from "@/lib/scim/protocol/projection";
import { userType } from "@/lib/scim/protocol/user-schema";
import { filterCondition } from "@/lib/scim/search/filter-condition";
import { orderBy } from "@/lib/scim/search/order";
import { type Page, pageOf } from "@/lib/scim/search/page";
import type { SearchRequest } from "@/lib/scim/search/search-request";
import { userOperands } from "@/lib/scim/search/user-operands";
import { type JoinedGroup, presentUser } from "@/lib/scim/users/present-user";
import {
  findGroupsOf,
  findPerson,
  isPerson,
  noResource,
  type PersonRow,
  selectPeople,
} from "@/lib/scim/users/rows";

/**
 * One page of the people that a filter finds, in an order that stays.
 * @throws ScimError 400 `invalidFilter`, `invalidPath`
 */
export async function findUsers(principal: Principal, search: SearchRequest, baseUrl: string): Promise<Page> {
  requirePermission(principal, "scim:manage");

  const filter = filterCondition(userType, search.filter, userOperands(baseUrl));
  const condition = and(isPerson, filter.condition);
  const projection = new Projection(userType, search);
  const page = await pageOf(search, {
    isQuick: filter.isQuick,
    gone: principal.request.gone,
    rows: (database, limit, offset) =>
      selectPeople(database)
        .where(condition)
        .orderBy(...orderBy(userType, search, userOperands(baseUrl), users.id))
        .limit(limit)
        .offset(offset),
    total: (database) => database.$count(users, condition),
  });
  return { ...page, resources: await presentPeople(page.rows, projection, baseUrl) };
}

/** @throws ScimError 404 */
export async function findUser(
  principal: Principal,
  id: number,
): Promise<{ person: PersonRow; groups: JoinedGroup[] }> {
  requirePermission(principal, "scim:manage");

  const person = await findPerson(db(), id);
  if (!person) throw noResource("User", id);
  return { person, groups: (await findGroupsOf(db(), [id])).get(id) ?? [] };
}

export async function presentPeople(
  people: readonly PersonRow[],
  projection: Projection,
  baseUrl: string,
): Promise<Record<string, unknown>[]> {
  const groupsOf = await findGroupsOf(
    db(),
    people.map(({ id }) => id),
  );
  return people.map((person) =>
    projection.apply(presentUser(person, groupsOf.get(person.id) ?? [], baseUrl).resource),
  );
}
