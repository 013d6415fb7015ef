import { type SQL, sql } from "drizzle-orm";
import { teamMembers, teams, users } from "@/db/schema";
import type { AttributePath } from "@/lib/scim/protocol/attribute-path";
import { groupSchema } from "@/lib/scim/protocol/group-schema";
import { byNumber, metaScalar, referenceTo, textList } from "@/lib/scim/search/common-operands";
import type { Many, Operands, Scalar } from "@/lib/scim/search/operands";

/** How the attributes of groups are found in `teams` and `team_members`. */
export function groupOperands(baseUrl: string): Operands {
  return {
    scalar: (path) => scalar(path, baseUrl),
    present: (path) =>
      path.attribute.name === "meta" && !path.sub
        ? sql`true`
        : sql`${scalar(path, baseUrl).expression} is not null`,
    many: ({ attribute }) =>
      attribute.name === "schemas" ? textList(attribute, sql`array[${groupSchema.id}]`) : members(baseUrl),
  };
}

function scalar({ attribute, sub }: AttributePath, baseUrl: string): Scalar {
  switch (attribute.name) {
    case "id":
      return { attribute, ...byNumber(teams.id) };
    case "displayName":
      return { attribute, expression: sql`${teams.nameKey}` };
    case "externalId":
      return { attribute, expression: sql`${teams.externalId}` };
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
  const columns: Record<string, SQL> = {
    value: sql`${users.id}::text`,
    $ref: referenceTo(`${baseUrl}/Users/`, users.id),
    type: sql`'user'`,
  };
  return {
    exists: (condition = sql`true`) => sql`exists (select 1 from ${teamMembers}
      join ${users} on ${users.id} = ${teamMembers.userId} and ${users.userType} = 'User'
      where ${teamMembers.teamId} = ${teams.id} and ${condition})`,
    element: (sub) => ({
      attribute: sub,
      expression: columns[sub.name] ?? sql`null::text`,
      ...(sub.name === "value" ? { equals: byNumber(users.id).equals } : {}),
    }),
  };
}

/** The same in SQL as `groupVersionOf` (lib/scim/groups/rows.ts). */
const groupVersion = sql`('W/"' || floor(extract(epoch from ${teams.updatedAt}) * 1000)::bigint || '"')`;
