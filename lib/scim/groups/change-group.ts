import { eq, sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { brokenUniqueConstraint } from "@/db/failures";
import { teams } from "@/db/schema";
import { requirePermission } from "@/lib/access/permissions";
import type { Principal } from "@/lib/access/principal";
import { record } from "@/lib/audit/record";
import { now } from "@/lib/clock";
import { announce } from "@/lib/gate/announce";
import { namesOfMembers } from "@/lib/scim/groups/audit";
import { changeMembers, type MembershipDifference } from "@/lib/scim/groups/change-members";
import type { GroupChanges } from "@/lib/scim/groups/group-changes";
import { columnsOf, documentOf, nameTaken } from "@/lib/scim/groups/group-document";
import { groupVersion } from "@/lib/scim/groups/present-group";
import { type GroupRow, groupColumns, lockGroup } from "@/lib/scim/groups/rows";
import { requireVersion } from "@/lib/scim/http/preconditions";
import { provisionedBy } from "@/lib/scim/provisioned";
import { noResource } from "@/lib/scim/users/rows";
import { teamTransaction } from "@/lib/teams/team-transaction";

interface Change {
  changes: GroupChanges;
  ifMatch?: string | null;
  baseUrl: string;
}

/**
 * Changes a group as an identity provider says, by PUT or PATCH: all of it or, refused, nothing. Its row is held, its
 * members aren't read: changes at the same time take turns and lose none. What changes nothing moves no version.
 * @throws ScimError 400, 404, 409 `uniqueness`, 412
 */
export async function changeGroup(
  principal: Principal,
  id: number,
  { changes, ifMatch, baseUrl }: Change,
): Promise<GroupRow> {
  requirePermission(principal, "scim:manage");

  return teamTransaction(principal, [id], async (tx) => {
    const before = await lockGroup(tx, id, "no key update");
    if (!before) throw noResource("Group", id);
    requireVersion(ifMatch, groupVersion(before));
    const columns = columnsOf(changes.attributes(documentOf(before)));
    const difference = await changeMembers(tx, id, changes.members, baseUrl);

    const isOther = columns.name !== before.name || columns.externalId !== before.externalId;
    const moved = difference.added.length + difference.removed.length > 0;
    if (!isOther && !moved) {
      if (!before.provisionedAt) await tx.update(teams).set(provisionedBy(principal)).where(eq(teams.id, id));
      return before;
    }
    const after = await write(tx, principal, id, columns);
    if (isOther) await recordAttributes(tx, principal, before, after);
    if (moved) await recordMembers(tx, principal, after, difference);
    return after;
  });
}

async function write(
  tx: Transaction,
  principal: Principal,
  id: number,
  columns: ReturnType<typeof columnsOf>,
): Promise<GroupRow> {
  const moment = now().toISOString();
  try {
    const [group] = await tx
      .update(teams)
      .set({
        ...columns,
        ...provisionedBy(principal),
        updatedAt: sql`greatest(${moment}::timestamptz, ${teams.updatedAt} + interval '1 millisecond')`,
      })
      .where(eq(teams.id, id))
      .returning(groupColumns);
    if (!group) throw new Error(`Team ${id} vanished while it was held.`);
    return group;
  } catch (error) {
    if (brokenUniqueConstraint(error) !== "teams_name_key_unique") throw error;
    throw nameTaken(columns.name);
  }
}

async function recordAttributes(
  tx: Transaction,
  principal: Principal,
  before: GroupRow,
  after: GroupRow,
): Promise<void> {
  const told = ({ name, externalId }: GroupRow) => ({ name, external_id: externalId });
  await record(tx, principal, "team.changed", {
    target: { type: "team", id: after.id, name: after.name },
    before: told(before),
    after: told(after),
  });
  if (before.name !== after.name) await announce(tx, "team", after.id);
}

async function recordMembers(
  tx: Transaction,
  principal: Principal,
  { id, name }: GroupRow,
  { added, removed }: MembershipDifference,
): Promise<void> {
  await record(tx, principal, "team.members_changed", {
    target: { type: "team", id, name },
    after: {
      added: await namesOfMembers(tx, added),
      removed: await namesOfMembers(tx, removed),
      added_count: added.length,
      removed_count: removed.length,
    },
  });
  // By account: a gate that knows somebody's tokens can't know that they have just joined.
  await announce(tx, "user", [...added, ...removed]);
}
