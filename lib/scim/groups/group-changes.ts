import { type MemberChange, readMemberChange, readMembers } from "@/lib/scim/groups/member-changes";
import { type Document, isObject, readDocument } from "@/lib/scim/protocol/document";
import { groupType } from "@/lib/scim/protocol/group-schema";
import { patchDocument } from "@/lib/scim/protocol/patch-document";
import { parsePatchPath } from "@/lib/scim/protocol/patch-path";
import type { PatchOperation } from "@/lib/scim/protocol/patch-request";
import { ScimError } from "@/lib/scim/protocol/scim-error";

/** What a group becomes: its own attributes as a function of those before, its members in steps. */
export interface GroupChanges {
  attributes: (before: Document) => Document;
  members: MemberChange[];
}

/** A group as a body describes it: its own attributes, and its members, where it speaks of them. */
export function readGroup(body: Record<string, unknown>): { attributes: Document; members?: number[] } {
  const own = Object.entries(body).filter(([name]) => name.toLowerCase() !== "members");
  const [, members] = Object.entries(body).find(([name]) => name.toLowerCase() === "members") ?? [];
  return {
    attributes: readDocument(groupType, Object.fromEntries(own)),
    ...(members === undefined ? {} : { members: readMembers(members) }),
  };
}

/** Of a PUT. Without `members` they stay: a provider that renames a group doesn't mean to empty it. */
export function changesOfPut(body: Record<string, unknown>): GroupChanges {
  const { attributes, members } = readGroup(body);
  return { attributes: () => attributes, members: members ? [{ kind: "replace", ids: members }] : [] };
}

/**
 * Of a PATCH.
 * @throws ScimError 400
 */
export function changesOfPatch(operations: readonly PatchOperation[]): GroupChanges {
  const members: MemberChange[] = [];
  const others: PatchOperation[] = [];
  for (const operation of operations) {
    if (operation.path === undefined) others.push(withoutMembers(operation, members));
    else {
      const target = parsePatchPath(groupType, operation.path);
      if (target === "unknown schema") continue;
      if ("wholeSchema" in target)
        others.push(withoutMembers({ op: operation.op, value: operation.value }, members));
      else if (target.path.attribute.name === "members") members.push(readMemberChange(operation, target));
      else others.push(operation);
    }
  }
  return { attributes: (before) => patchDocument(groupType, before, others), members };
}

/** Takes the members out of an operation without a path, whose value has them among the rest. */
function withoutMembers(operation: PatchOperation, members: MemberChange[]): PatchOperation {
  if (!isObject(operation.value)) return operation;
  const rest = Object.entries(operation.value).filter(([key, value]) => {
    const target = targetOf(key);
    if (target?.path.attribute.name !== "members") return true;
    members.push(readMemberChange({ op: operation.op, value }, target));
    return false;
  });
  return { ...operation, value: Object.fromEntries(rest) };
}

/** What a key of a body names; undefined for what is left out. */
function targetOf(key: string) {
  try {
    const target = parsePatchPath(groupType, key);
    return typeof target === "object" && "path" in target ? target : undefined;
  } catch (error) {
    if (error instanceof ScimError) return undefined;
    throw error;
  }
}
