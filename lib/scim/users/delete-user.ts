import { transaction } from "@/db/client";
import { requirePermission } from "@/lib/access/permissions";
import type { Principal } from "@/lib/access/principal";
import { requireVersion } from "@/lib/scim/http/preconditions";
import { presentUser } from "@/lib/scim/users/present-user";
import { findGroupsOf, findPerson, noResource } from "@/lib/scim/users/rows";
import { holdForRemoval, removeUser } from "@/lib/users/delete-user";

/**
 * Deletes a person, with all that goes with them (A6).
 * @throws ScimError 404, 412; Problem `own_account`, `last_administrator` (409)
 */
export async function deleteUser(principal: Principal, id: number, ifMatch: string | null): Promise<void> {
  requirePermission(principal, "scim:manage");

  await transaction(async (tx) => {
    if (!(await findPerson(tx, id))) throw noResource("User", id);
    await holdForRemoval(tx, id);
    const person = await findPerson(tx, id);
    if (!person) throw noResource("User", id);
    const groups = (await findGroupsOf(tx, [id])).get(id) ?? [];
    requireVersion(ifMatch, presentUser(person, groups, "").version);
    await removeUser(tx, principal, id);
  });
}
