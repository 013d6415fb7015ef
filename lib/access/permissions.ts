import type { Role } from "@/db/enums";
import { roles } from "@/db/enums";
import type { Principal } from "@/lib/access/principal";
import { Problem } from "@/lib/errors";

/** The least role that each act takes (A1, T9). */
const leastRole = {
  "users:read": "Manager",
  "users:manage": "Admin",
  "teams:read": "Manager",
  "teams:manage": "Admin",
  "tokens:manage": "Admin",
  "audit:read": "Admin",
  "connections:check": "Admin",
  "scim:manage": "Admin",
} as const satisfies Record<string, Role>;

export type Permission = keyof typeof leastRole;

/** Whether the principal may. For the first line of a verb, see `requirePermission`. */
export function hasPermission(principal: Principal, permission: Permission): boolean {
  // An Admin issued it for this (T9), whatever its account's role; that role bounds what it can give (T10).
  if (permission === "scim:manage" && principal.token?.scim) return true;
  return roleAllows(principal.user.role, permission);
}

/** Whether a role is enough for an act; for screens, which have no principal. */
export function roleAllows(role: Role, permission: Permission): boolean {
  return hasRole(role, leastRole[permission]);
}

/** @throws Problem `forbidden` (403) when the principal's role is too little */
export function requirePermission(principal: Principal, permission: Permission): void {
  if (hasPermission(principal, permission)) return;
  const needed = leastRole[permission];
  throw new Problem(
    "forbidden",
    `This takes the ${needed} role; ${principal.user.userId} is ${withArticle(principal.user.role)}.`,
  );
}

/** Whether `role` ranks at least as high as `least`. */
export function hasRole(role: Role, least: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(least);
}

function withArticle(role: Role): string {
  return /^[AE]/.test(role) ? `an ${role}` : `a ${role}`;
}
