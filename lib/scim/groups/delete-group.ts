import { requirePermission } from "@/lib/access/permissions";
import type { Principal } from "@/lib/access/principal";
import { groupVersion } from "@/lib/scim/groups/present-group";
import { lockGroup } from "@/lib/scim/groups/rows";
import { requireVersion } from "@/lib/scim/http/preconditions";
import { noResource } from "@/lib/scim/users/rows";
import { removeTeam } from "@/lib/teams/delete-team";
import { teamTransaction } from "@/lib/teams/team-transaction";

/**
 * Deletes a group: its members leave it, their accounts stay (A6).
 * @throws ScimError 404, 412
 */
export async function deleteGroup(principal: Principal, id: number, ifMatch: string | null): Promise<void> {
  requirePermission(principal, "scim:manage");

  await teamTransaction(principal, [id], async (tx) => {
    const group = await lockGroup(tx, id, "update");
    if (!group) throw noResource("Group", id);
    requireVersion(ifMatch, groupVersion(group));
    await removeTeam(tx, principal, id);
  });
}
