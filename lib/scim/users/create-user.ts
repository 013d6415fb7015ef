import { transaction } from "@/db/client";
import { users } from "@/db/schema";
import { requirePermission } from "@/lib/access/permissions";
import type { Principal } from "@/lib/access/principal";
import { record } from "@/lib/audit/record";
import { now } from "@/lib/clock";
import type { Document } from "@/lib/scim/protocol/document";
import { ScimError } from "@/lib/scim/protocol/scim-error";
import { provisionedBy } from "@/lib/scim/provisioned";
import { toldInAudit } from "@/lib/scim/users/audit";
import { namedRole } from "@/lib/scim/users/named-role";
import { columnsOf } from "@/lib/scim/users/person-document";
import { requireGivable } from "@/lib/scim/users/roles";
import { type PersonRow, personColumns } from "@/lib/scim/users/rows";

/**
 * Creates a person as an identity provider describes them: a Member, unless `roles` names another of Latchkey's roles.
 * They can't sign in by password; a `password` that came along is thrown away.
 * @throws ScimError 400 `invalidValue`, 403 for a role above the token's account's, 409 `uniqueness` for a taken userName
 */
export async function createUser(principal: Principal, document: Document): Promise<PersonRow> {
  requirePermission(principal, "scim:manage");

  const columns = columnsOf({ active: true, ...document });
  const role = namedRole(document) ?? "Member";
  requireGivable(principal, role);

  return transaction(async (tx) => {
    const moment = now();
    const [person] = await tx
      .insert(users)
      .values({
        ...columns,
        userType: "User",
        role,
        active: document.active !== false,
        ...provisionedBy(principal),
        createdAt: moment,
        createdById: principal.user.id,
        updatedAt: moment,
      })
      .onConflictDoNothing({ target: users.userIdKey })
      .returning(personColumns);
    if (!person)
      throw new ScimError(409, `There is a User with the userName ${columns.userId} already.`, "uniqueness");
    await record(tx, principal, "user.created", {
      target: { type: "user", id: person.id, name: person.userId },
      after: toldInAudit(person),
    });
    return person;
  });
}
