import { sql } from "drizzle-orm";
import { teamMembers, teams, users } from "@/db/schema";
import type { AttributePath } from "@/lib/scim/protocol/attribute-path";
import type { Attribute } from "@/lib/scim/protocol/attributes";
import { groupSchema } from "@/lib/scim/protocol/group-schema";
import { ScimError } from "@/lib/scim/protocol/scim-error";
import { byNumber, metaScalar, referenceTo, textList } from "@/lib/scim/search/common-operands";
import type { Many, Operands, Scalar } from "@/lib/scim/search/operands";
import { teamKey } from "@/lib/users/name";

/** How the attributes of groups are found in `teams` and `team_members`. */
export function groupOperands(baseUrl: string): Operands {
  return {
    scalar: (path) => scalar(path, baseUrl),
    present: (path) =>
      path.attribute.name === "meta" && !path.sub
        ? sql`true`
        : sql`${scalar(path, baseUrl).expression} is not null`,
    many: ({ attribute }) =>
      attribute.name === "schemas"
        ? textList(attribute, sql`array[${groupSchema.id}::text]`)
        : members(baseUrl),
  };
}

function scalar({ attribute, sub }: AttributePath, baseUrl: string): Scalar {
  switch (attribute.name) {
    case "id":
      return { attribute, ...byNumber(teams.id), identifies: true };
    case "displayName":
      return {
        attribute,
        expression: sql`${teams.nameKey}`,
        equals: (value) => sql`${teams.nameKey} = ${teamKey(String(value))}`,
        identifies: true,
      };
    case "externalId":
      return { attribute, expression: sql`${teams.externalId}`, identifies: true };
    default:
      return metaScalar(sub, {
        resourceType: sql`'Group'`,
        created: sql`${teams.createdAt}`,
        lastModified: sql`${teams.updatedAt}`,
        location: referenceTo(`${baseUrl}/Groups/`, teams.id),
        version: groupVersion,
      });
  }
}

/** Service accounts are in teams too, but none of SCIM's business. */
function members(baseUrl: string): Many {
  return {
    exists: (condition = sql`true`) => sql`exists (select 1 from ${teamMembers}
      join ${users} on ${users.id} = ${teamMembers.userId} and ${users.userType} = 'User'
      where ${teamMembers.teamId} = ${teams.id} and ${condition})`,
    element: (sub) => memberScalar(sub, baseUrl),
  };
}

/** For conditions on a row of `users` that is a member. */
export function memberOperands(baseUrl: string): Operands {
  return {
    scalar: ({ attribute }) => memberScalar(attribute, baseUrl),
    present: () => sql`true`,
    many: ({ attribute }) => {
      throw new ScimError(400, `A member has no ${attribute.name}.`, "invalidFilter");
    },
  };
}

function memberScalar(attribute: Attribute, baseUrl: string): Scalar {
  switch (attribute.name) {
    case "value":
      return { attribute, ...byNumber(users.id) };
    case "$ref":
      return { attribute, expression: referenceTo(`${baseUrl}/Users/`, users.id) };
    default:
      return { attribute, expression: sql`'user'::text` };
  }
}

/** The same in SQL as `groupVersion` (lib/scim/groups/present-group.ts). */
const groupVersion = sql`('W/"' || floor(extract(epoch from ${teams.updatedAt}) * 1000)::bigint || '"')`;
