import { type Document, isObject } from "@/lib/scim/protocol/document";
import { documentOf } from "@/lib/scim/users/person-document";
import type { PersonRow } from "@/lib/scim/users/rows";

/** A person as the audit log tells of them: what the product uses, and what SCIM has beside it. */
export function toldInAudit(person: PersonRow): Record<string, unknown> {
  const { userName, externalId, active: _active, ...attributes } = documentOf(person);
  return {
    user_id: userName,
    name: person.name,
    email: person.email,
    role: person.role,
    active: person.active,
    external_id: externalId ?? null,
    attributes,
  };
}

/** The fields that differ, before and after; of `attributes` only those that do. */
export function toldDifference(
  before: PersonRow,
  after: PersonRow,
): { before: Record<string, unknown>; after: Record<string, unknown> } {
  const [left, right] = [toldInAudit(before), toldInAudit(after)];
  const differing = (a: Record<string, unknown>, b: Record<string, unknown>) =>
    Object.keys({ ...a, ...b }).filter((name) => JSON.stringify(a[name]) !== JSON.stringify(b[name]));
  const pick = (from: Record<string, unknown>, names: string[]) =>
    Object.fromEntries(names.flatMap((name) => (name in from ? [[name, from[name]]] : [])));

  const fields = differing(left, right).filter((name) => name !== "attributes");
  const inner = differing(asObject(left.attributes), asObject(right.attributes));
  const told = (side: Record<string, unknown>) => ({
    ...pick(side, fields),
    ...(inner.length > 0 ? { attributes: pick(asObject(side.attributes), inner) } : {}),
  });
  return { before: told(left), after: told(right) };
}

function asObject(value: unknown): Document {
  return isObject(value) ? (value as Document) : {};
}
