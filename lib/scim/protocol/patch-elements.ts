import type { Attribute } from "@/lib/scim/protocol/attributes";
import { type Complex, readValue, settled } from "@/lib/scim/protocol/document";
import { elementMeeting, matchesElement } from "@/lib/scim/protocol/element-filter";
import { merged, withSub } from "@/lib/scim/protocol/patch-complex";
import type { PatchTarget } from "@/lib/scim/protocol/patch-path";
import type { PatchOperation } from "@/lib/scim/protocol/patch-request";
import { ScimError } from "@/lib/scim/protocol/scim-error";

/**
 * What a multi-valued attribute is after an operation: without repetitions, with one primary at most; undefined when
 * it is empty.
 * @throws ScimError 400 `invalidValue` or `noTarget`
 */
export function changedElements(
  { path: { attribute }, filter, sub }: PatchTarget,
  op: PatchOperation["op"],
  held: Complex[],
  value: unknown,
): Complex[] | undefined {
  const selected = filter ? held.filter((element) => matchesElement(filter, element)) : held;
  if (op === "remove") {
    // Only those that are named, and of an empty list none: `value` is how Entra ID says which.
    if (!filter && !sub && value !== undefined && value !== null) {
      const named = (readValue(attribute, value) ?? []) as Complex[];
      return nonEmpty(held.filter((element) => !isNamedBy(named, element)));
    }
    if (!sub) return nonEmpty(held.filter((element) => !selected.includes(element)));
  }
  if (!filter && !sub) return combined(attribute, op, held, value);

  const touched = selected.length > 0 ? selected : op === "remove" ? [] : [newElement(attribute, filter)];
  const changes = new Map(
    touched.map((element) => [element, changedElement(attribute, element, sub, op, value)]),
  );
  const after = (selected.length > 0 ? held : [...held, ...touched])
    .map((element) => (changes.has(element) ? changes.get(element) : element))
    .filter((element) => element !== undefined);
  return nonEmpty(
    settled(
      attribute,
      after,
      [...changes.values()].filter((element) => element !== undefined),
    ),
  );
}

function changedElement(
  attribute: Attribute,
  element: Complex,
  sub: Attribute | undefined,
  op: PatchOperation["op"],
  value: unknown,
): Complex | undefined {
  return sub
    ? withSub(element, sub, op === "remove" ? undefined : value)
    : merged(attribute, element, Array.isArray(value) ? value[0] : value);
}

/** Add is the union; replace is the new ones. */
function combined(
  attribute: Attribute,
  op: PatchOperation["op"],
  held: Complex[],
  value: unknown,
): Complex[] | undefined {
  const given = readValue(attribute, value) as Complex[] | undefined;
  if (op === "replace") return given;
  return nonEmpty(settled(attribute, [...held, ...(given ?? [])], given));
}

/**
 * The element that a filter without a match asks for. Entra ID writes to `phoneNumbers[type eq "mobile"]` whether or
 * not there is one; where the types are known, another one is no target (RFC 7644 §3.5.2.3).
 */
function newElement(attribute: Attribute, filter: PatchTarget["filter"]): Complex {
  if (!filter) return {};
  const wanted = elementMeeting(filter);
  const isPlain = Object.entries(wanted ?? {}).every(([name, value]) => {
    const canonical = attribute.subAttributes?.find((sub) => sub.name === name)?.canonicalValues;
    if (name === "primary") return value === true;
    return name === "type" && (!canonical || canonical.includes(String(value).toLowerCase()));
  });
  if (!wanted || !isPlain)
    throw new ScimError(400, `No element of ${attribute.name} meets the filter in the path.`, "noTarget");
  return wanted;
}

/** Whether what is named is this element; how it is displayed and where it is found name nothing. */
function isNamedBy(named: Complex[], element: Complex): boolean {
  const same = (a: unknown, b: unknown) => String(a).toLowerCase() === String(b).toLowerCase();
  return named.some(({ primary: _primary, display: _display, $ref: _ref, ...given }) => {
    const parts = Object.entries(given);
    return parts.length > 0 && parts.every(([name, value]) => same(element[name], value));
  });
}

function nonEmpty(elements: Complex[]): Complex[] | undefined {
  return elements.length > 0 ? elements : undefined;
}
