import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { teamMembers, users } from "@/db/schema";
import { inFewSteps, type MemberChange, unchangeable } from "@/lib/scim/groups/member-changes";
import { ScimError } from "@/lib/scim/protocol/scim-error";
import { compileFilter } from "@/lib/scim/search/compile-filter";
import { memberOperands } from "@/lib/scim/search/group-operands";

/** So many rows a statement: a long one would look like a database that doesn't answer. */
const rowsAtOnce = 5_000;

/** Who has come into a group and who has gone, all steps taken together. */
export interface MembershipDifference {
  added: number[];
  removed: number[];
}

/**
 * Carries out the steps set-wise. Service accounts are neither added nor removed.
 * @throws ScimError 400 `noTarget` for a member to be replaced who isn't there, `mutability` for one who is
 */
export async function changeMembers(
  tx: Transaction,
  teamId: number,
  changes: readonly MemberChange[],
  baseUrl: string,
): Promise<MembershipDifference> {
  const balance = new Map<number, number>();
  const count = (ids: readonly number[], by: 1 | -1) => {
    for (const id of ids) balance.set(id, (balance.get(id) ?? 0) + by);
  };
  for (const change of inFewSteps(changes)) {
    if (change.kind === "remove where") {
      count(await removeWhere(tx, teamId, compileFilter(change.filter, memberOperands(baseUrl))), -1);
      continue;
    }
    if (change.kind === "require") {
      await requireMember(tx, teamId, compileFilter(change.filter, memberOperands(baseUrl)));
      if (change.isOther) throw unchangeable();
      continue;
    }
    if (change.kind === "replace") count(await removeWhere(tx, teamId, isNoneOf(change.ids)), -1);
    if (change.kind === "remove") count(await remove(tx, teamId, change.ids), -1);
    else count(await add(tx, teamId, change.ids), 1);
  }
  const of = (sign: number) => [...balance].flatMap(([id, by]) => (by === sign ? [id] : []));
  return { added: of(1), removed: of(-1) };
}

/** A team joined later comes last among the member's teams. Who is being deleted meanwhile is waited for, and left out. */
async function add(tx: Transaction, teamId: number, ids: readonly number[]): Promise<number[]> {
  return inParts(ids, (part) =>
    returnedIds(
      tx,
      sql`insert into ${teamMembers} (user_id, team_id, position)
        select ${users.id}, ${teamId}::bigint,
          (select coalesce(max(position) + 1, 0) from ${teamMembers} where user_id = ${users.id})
        from ${users} where ${users.id} = any (${sql.param(part)}::bigint[]) and ${users.userType} = 'User'
        order by ${users.id} for key share of ${users}
        on conflict do nothing returning user_id`,
    ),
  );
}

/**
 * By their numbers alone, and `removeWhere` in two statements: of a group that grew just now the planner believes that
 * it has no members, and would compare each with each.
 */
async function remove(tx: Transaction, teamId: number, ids: readonly number[]): Promise<number[]> {
  return inParts(ids, (part) =>
    returnedIds(
      tx,
      sql`delete from ${teamMembers} where ${teamMembers.teamId} = ${teamId}
        and ${teamMembers.userId} = any (${sql.param(part)}::bigint[])
        and exists (select from ${users} where ${users.id} = ${teamMembers.userId} and ${users.userType} = 'User')
        returning user_id`,
    ),
  );
}

/** Until none is left: each time a part. */
async function removeWhere(tx: Transaction, teamId: number, condition: SQL): Promise<number[]> {
  const removed: number[] = [];
  for (;;) {
    const part = await returnedIds(
      tx,
      sql`select held.user_id from ${teamMembers} as held join ${users} on ${users.id} = held.user_id
        where held.team_id = ${teamId} and ${users.userType} = 'User' and ${condition}
        limit ${rowsAtOnce}`,
    );
    for (const id of await remove(tx, teamId, part)) removed.push(id);
    if (part.length < rowsAtOnce) return removed;
  }
}

/** RFC 7644 §3.5.2.3: a filter that finds nobody is no target. */
async function requireMember(tx: Transaction, teamId: number, condition: SQL): Promise<void> {
  const { rowCount } = await tx.execute(
    sql`select from ${teamMembers} as held join ${users} on ${users.id} = held.user_id
      where held.team_id = ${teamId} and ${users.userType} = 'User' and ${condition} limit 1`,
  );
  if (!rowCount) throw new ScimError(400, "No member meets the filter in the path.", "noTarget");
}

/** As a list, which is looked up by hash whatever the planner believes. */
function isNoneOf(ids: readonly number[]): SQL {
  return sql`${users.id} <> all (${sql.param(ids)}::bigint[])`;
}

async function inParts(
  ids: readonly number[],
  work: (part: readonly number[]) => Promise<number[]>,
): Promise<number[]> {
  const done: number[] = [];
  for (let start = 0; start < ids.length; start += rowsAtOnce)
    for (const id of await work(ids.slice(start, start + rowsAtOnce))) done.push(id);
  return done;
}

async function returnedIds(tx: Transaction, statement: SQL): Promise<number[]> {
  const { rows } = await tx.execute<{ user_id: string }>(statement);
  return rows.map(({ user_id }) => Number(user_id));
}
