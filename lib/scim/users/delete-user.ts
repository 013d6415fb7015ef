import { db } from "@/db/client";
import { requirePermission } from "@/lib/access/permissions";
import type { Principal } from "@/lib/access/principal";
import { requireVersion } from "@/lib/scim/http/preconditions";
import { presentUser } from "@/lib/scim/users/present-user";
import { findGroupsOf, findPerson, noResource } from "@/lib/scim/users/rows";
import { teamTransaction } from "@/lib/teams/team-transaction";
import { teamsOfPerson } from "@/lib/teams/touch-teams";
import { holdForRemoval, removeUser } from "@/lib/users/delete-user";

/**
 * Deletes a person, with all that goes with them (A6).
 * @throws ScimError 404, 412; Problem `own_account`, `last_administrator` (409)
 */
export async function deleteUser(principal: Principal, id: number, ifMatch: string | null): Promise<void> {
  requirePermission(principal, "scim:manage");

  await teamTransaction(principal, await teamsOfPerson(db(), id), async (tx) => {
    // Service accounts, which SCIM doesn't show, are not even held.
    if (!(await findPerson(tx, id))) throw noResource("User", id);
    const doomed = await holdForRemoval(tx, id);
    if (!doomed) throw noResource("User", id);
    if (ifMatch !== null) {
      const groups = (await findGroupsOf(tx, [id])).get(id) ?? [];
      requireVersion(ifMatch, presentUser(doomed.account, groups, "").version);
    }
    await removeUser(tx, principal, doomed);
  });
}
