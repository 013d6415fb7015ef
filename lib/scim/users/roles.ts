import type { Role } from "@/db/enums";
import { hasRole } from "@/lib/access/permissions";
import type { Principal } from "@/lib/access/principal";
import { ScimError } from "@/lib/scim/protocol/scim-error";

/**
 * Through SCIM nobody gets a role above that of the account that holds the token (T10).
 * @throws ScimError 403
 */
export function requireGivable(principal: Principal, role: Role): void {
  if (hasRole(principal.user.role, role)) return;
  throw new ScimError(
    403,
    `This token's account, ${principal.user.userId}, has the ${principal.user.role} role; it can't give ${role}. Give the account the ${role} role, or the person another one.`,
  );
}
