import { type Role, roles } from "@/db/enums";
import type { Complex, Document } from "@/lib/scim/protocol/document";

/** The highest of Latchkey's roles that `roles` names, in any case; other values mean nothing here. */
export function namedRole(document: Document): Role | undefined {
  const named =
    (document.roles as Complex[] | undefined)?.map(({ value }) => String(value).toLowerCase()) ?? [];
  return roles.findLast((role) => named.includes(role.toLowerCase()));
}
