import type { GroupRow } from "@/lib/scim/groups/rows";
import { groupSchema } from "@/lib/scim/protocol/group-schema";

/** A team as a SCIM resource; `members` absent where nobody looks at them, since there may be 100,000. */
export function presentGroup(
  group: GroupRow,
  members: readonly number[] | undefined,
  baseUrl: string,
): Record<string, unknown> {
  return {
    schemas: [groupSchema.id],
    id: String(group.id),
    ...(group.externalId === null ? {} : { externalId: group.externalId }),
    displayName: group.name,
    ...(members && members.length > 0
      ? {
          members: members.map((id) => ({ value: String(id), $ref: `${baseUrl}/Users/${id}`, type: "User" })),
        }
      : {}),
    meta: {
      resourceType: "Group",
      created: group.createdAt.toISOString(),
      lastModified: group.updatedAt.toISOString(),
      location: groupLocation(group, baseUrl),
      version: groupVersion(group),
    },
  };
}

export function groupLocation({ id }: Pick<GroupRow, "id">, baseUrl: string): string {
  return `${baseUrl}/Groups/${id}`;
}

/** The moment of the last change, which never comes twice; filters know it in SQL (lib/scim/search/group-operands.ts). */
export function groupVersion({ updatedAt }: Pick<GroupRow, "updatedAt">): string {
  return `W/"${updatedAt.getTime()}"`;
}
