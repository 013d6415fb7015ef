import { createHash } from "node:crypto";
import type { users } from "@/db/schema";
import { enterpriseSchema, userSchema } from "@/lib/scim/protocol/user-schema";
import { documentOf } from "@/lib/scim/users/person-document";

/** A person's row, as far as SCIM looks at it. */
export type Person = Pick<
  typeof users.$inferSelect,
  "id" | "userId" | "externalId" | "active" | "attributes" | "provisionedAt" | "createdAt" | "updatedAt"
>;

/** A team that somebody is in. */
export interface JoinedGroup {
  id: number;
  name: string;
}

/** A person as a SCIM resource. Its version is a hash of all of it, the groups too. */
export interface UserResource {
  resource: Record<string, unknown>;
  version: string;
  location: string;
}

export function presentUser(person: Person, groups: readonly JoinedGroup[], baseUrl: string): UserResource {
  const { [enterpriseSchema.id]: enterprise, ...document } = documentOf(person);
  const location = `${baseUrl}/Users/${person.id}`;
  const content = {
    ...document,
    ...(groups.length > 0 ? { groups: groups.map((group) => presentGroup(group, baseUrl)) } : {}),
    ...(enterprise ? { [enterpriseSchema.id]: enterprise } : {}),
  };
  const version = versionOf(content, groups);
  const resource = {
    schemas: [userSchema.id, ...(enterprise ? [enterpriseSchema.id] : [])],
    id: String(person.id),
    ...content,
    meta: {
      resourceType: "User",
      created: person.createdAt.toISOString(),
      lastModified: person.updatedAt.toISOString(),
      location,
      version,
    },
  };
  return { resource, version, location };
}

function presentGroup({ id, name }: JoinedGroup, baseUrl: string) {
  return { value: String(id), $ref: `${baseUrl}/Groups/${id}`, display: name, type: "direct" };
}

/** Not of the addresses in it: one instance may be reached by several. */
function versionOf(content: object, groups: readonly JoinedGroup[]): string {
  const { groups: _addresses, ...own } = content as Record<string, unknown>;
  const hash = createHash("sha256")
    .update(JSON.stringify([own, groups]))
    .digest("base64url");
  return `W/"${hash.slice(0, 16)}"`;
}
