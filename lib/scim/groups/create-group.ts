import { type Transaction, transaction } from "@/db/client";
import { teams } from "@/db/schema";
import { requirePermission } from "@/lib/access/permissions";
import type { Principal } from "@/lib/access/principal";
import { record } from "@/lib/audit/record";
import { now } from "@/lib/clock";
import { announce } from "@/lib/gate/announce";
import { namesOfMembers } from "@/lib/scim/groups/audit";
import { changeMembers } from "@/lib/scim/groups/change-members";
import { readGroup } from "@/lib/scim/groups/group-changes";
import { columnsOf, nameTaken } from "@/lib/scim/groups/group-document";
import { type GroupRow, groupColumns } from "@/lib/scim/groups/rows";
import { provisionedBy } from "@/lib/scim/provisioned";

/**
 * Creates a team with its members as an identity provider describes it.
 * @throws ScimError 400 `invalidValue`, 409 `uniqueness` for a taken displayName, ignoring case (A4)
 */
export async function createGroup(
  principal: Principal,
  body: Record<string, unknown>,
  baseUrl: string,
): Promise<GroupRow> {
  requirePermission(principal, "scim:manage");

  const { attributes, members: ids = [] } = readGroup(body);
  const columns = columnsOf(attributes);
  return transaction(async (tx) => {
    const group = await insert(tx, principal, columns);
    const { added } = await changeMembers(tx, group.id, [{ kind: "add", ids }], baseUrl);
    await record(tx, principal, "team.created", {
      target: { type: "team", id: group.id, name: group.name },
      after: {
        name: group.name,
        external_id: group.externalId,
        members: await namesOfMembers(tx, added),
        member_count: added.length,
      },
    });
    await announce(tx, "user", added);
    return group;
  });
}

async function insert(
  tx: Transaction,
  principal: Principal,
  columns: ReturnType<typeof columnsOf>,
): Promise<GroupRow> {
  const moment = now();
  const [group] = await tx
    .insert(teams)
    .values({
      ...columns,
      ...provisionedBy(principal),
      createdAt: moment,
      createdById: principal.user.id,
      updatedAt: moment,
    })
    .onConflictDoNothing({ target: teams.nameKey })
    .returning(groupColumns);
  if (!group) throw nameTaken(columns.name);
  return group;
}
