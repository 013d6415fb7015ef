import { fieldsOf, isObject } from "@/lib/scim/protocol/document";
import { elementMeeting } from "@/lib/scim/protocol/element-filter";
import type { Filter } from "@/lib/scim/protocol/filter";
import type { PatchTarget } from "@/lib/scim/protocol/patch-path";
import type { PatchOperation } from "@/lib/scim/protocol/patch-request";
import { quoted, ScimError } from "@/lib/scim/protocol/scim-error";
import { idOf } from "@/lib/scim/search/common-operands";

/** One step in who is in a group; carried out in the database, so that nobody reads 100,000 members to add one. */
export type MemberChange =
  | { kind: "add" | "remove" | "replace"; ids: number[] }
  | { kind: "remove where"; filter: Filter }
  /** Changes nobody: there has to be one, and no member can become another. */
  | { kind: "require"; filter: Filter; isOther: boolean };

/** The same steps, each run of additions and removals as one of either: the last that is said of somebody counts. */
export function inFewSteps(changes: readonly MemberChange[]): MemberChange[] {
  const steps: MemberChange[] = [];
  const run = new Map<number, MemberChange["kind"]>();
  const endRun = () => {
    for (const kind of ["remove", "add"] as const) {
      const ids = [...run].flatMap(([id, last]) => (last === kind ? [id] : []));
      if (ids.length > 0) steps.push({ kind, ids });
    }
    run.clear();
  };
  for (const change of changes) {
    if (change.kind === "add" || change.kind === "remove") {
      for (const id of change.ids) run.set(id, change.kind);
      continue;
    }
    endRun();
    steps.push(change);
  }
  endRun();
  return steps;
}

/**
 * The people that a list of members names, once each. Ids that nobody has are left out: nested groups, and people whom
 * the provider has not sent yet.
 * @throws ScimError 400 `invalidValue` for a list of anything else
 */
export function readMembers(value: unknown): number[] {
  if (value === null || value === undefined || value === "") return [];
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return [...new Set(list.flatMap((member) => idOf(readMember(member)) ?? []))];
}

/**
 * What a PATCH operation on `members` does.
 * @throws ScimError 400 `mutability` for a part of a member, `noTarget`, `invalidValue`
 */
export function readMemberChange({ op, value }: PatchOperation, { filter, sub }: PatchTarget): MemberChange {
  if (sub) throw unchangeable();
  if (filter) return readFilteredChange({ op, value }, filter);
  if (op !== "remove") return { kind: op, ids: readMembers(value) };
  // Entra ID names in `value` whom it removes; without it, all go. Of an empty list nobody does.
  return value === undefined || value === null
    ? { kind: "replace", ids: [] }
    : { kind: "remove", ids: readMembers(value) };
}

function readFilteredChange({ op, value }: PatchOperation, filter: Filter): MemberChange {
  const { value: member, ...others } = elementMeeting(filter) ?? {};
  const named = member !== undefined && Object.keys(others).length === 0 ? readMembers(member) : undefined;
  if (op === "remove") return named ? { kind: "remove", ids: named } : { kind: "remove where", filter };
  if (op === "replace")
    return { kind: "require", filter, isOther: readMembers(value).some((id) => !named?.includes(id)) };
  if (named) return { kind: "add", ids: named };
  throw new ScimError(400, "Only by value can a member be named to be added.", "noTarget");
}

/** The refusal to change what a member is: its parts are immutable (RFC 7643 §8.7.1). */
export function unchangeable(): ScimError {
  return new ScimError(400, "A member can be added or removed, not changed.", "mutability");
}

function readMember(member: unknown): string | undefined {
  if (typeof member === "string") return member;
  if (member === null) return undefined;
  if (!isObject(member)) throw notAMember(member);
  const { value, $ref: reference, type } = fieldsOf(member);
  if (isGroup(type, reference)) return undefined;
  if (value === undefined || value === null)
    return typeof reference === "string" ? reference.split("/").at(-1) : undefined;
  if (typeof value !== "string") throw notAMember(value);
  return value;
}

/** Whether what is named says itself that it is a nested group: its number is then nobody's, whoever may have it. */
function isGroup(type: unknown, reference: unknown): boolean {
  if (typeof type === "string") return type.toLowerCase() === "group";
  return typeof reference === "string" && /(^|\/)Groups\/[^/]*$/i.test(reference);
}

function notAMember(given: unknown): ScimError {
  return new ScimError(
    400,
    `members takes a list of {"value": "the id of a User"}, not ${quoted(JSON.stringify(given))}.`,
    "invalidValue",
  );
}
