import type { Attribute, ResourceType } from "@/lib/scim/protocol/attributes";
import {
  type Attributes,
  type AttributeValue,
  type Complex,
  type Document,
  isObject,
  isUnassigned,
  readElement,
  readSimple,
  readValue,
  settled,
  unlessHollow,
} from "@/lib/scim/protocol/document";
import { elementMeeting, matchesElement } from "@/lib/scim/protocol/element-filter";
import { type PatchTarget, parsePatchPath } from "@/lib/scim/protocol/patch-path";
import type { PatchOperation } from "@/lib/scim/protocol/patch-request";
import { ScimError } from "@/lib/scim/protocol/scim-error";

type Change = "add" | "replace" | "remove";

/**
 * Carries out PATCH operations (RFC 7644 §3.5.2) on a document, in their order. The document itself stays as it is, so
 * a fault in a later operation leaves nothing of the earlier ones.
 * @throws ScimError 400 with `invalidPath`, `invalidFilter`, `invalidValue`, `noTarget` or `mutability`
 */
export function patchDocument(
  type: ResourceType,
  before: Document,
  operations: readonly PatchOperation[],
): Document {
  const document = structuredClone(before);
  for (const operation of operations) {
    if (operation.path === undefined) patchWhole(type, document, operation);
    else patchAt(type, document, operation.op, operation.path, operation.value, true);
  }
  return document;
}

/** Without a path the value's keys are paths: `name.givenName` and `urn:…:employeeNumber` are sent this way. */
function patchWhole(type: ResourceType, document: Document, { op, value }: PatchOperation): void {
  if (op === "remove") throw new ScimError(400, "The operation remove takes a path.", "noTarget");
  if (!isObject(value))
    throw new ScimError(400, `The operation ${op} without a path takes an object.`, "invalidValue");
  for (const [key, inner] of Object.entries(value)) patchAt(type, document, op, key, inner, false);
}

/** @param strict whether a path that is unknown or read-only is refused; a key in a body is left out, as on POST */
function patchAt(
  type: ResourceType,
  document: Document,
  op: Change,
  path: string,
  value: unknown,
  strict: boolean,
): void {
  const target = findTarget(type, path, strict);
  if (target === undefined || target === "unknown schema") return;
  if ("wholeSchema" in target) {
    patchSchema(type, document, op, target.extension?.id, value);
    return;
  }

  const { attribute, extension } = target.path;
  const readOnly = attribute.mutability === "readOnly" || target.sub?.mutability === "readOnly";
  if (readOnly && !strict) return;
  if (readOnly) throw new ScimError(400, `${path} is read-only.`, "mutability");

  const attributes: Document = extension
    ? { ...(document[extension.id] as Attributes | undefined) }
    : document;
  const held = attributes[attribute.name] as AttributeValue | undefined;
  const after = changed(target, op, held, value);
  if (after === undefined && attribute.required)
    throw new ScimError(
      400,
      `${attribute.name} is required; it can't be removed.`,
      op === "remove" ? "mutability" : "invalidValue",
    );
  if (after === undefined) delete attributes[attribute.name];
  else attributes[attribute.name] = after;

  if (!extension) return;
  if (Object.keys(attributes).length > 0) document[extension.id] = attributes as Attributes;
  else delete document[extension.id];
}

function findTarget(
  type: ResourceType,
  path: string,
  strict: boolean,
): ReturnType<typeof parsePatchPath> | undefined {
  try {
    return parsePatchPath(type, path);
  } catch (error) {
    if (strict || !(error instanceof ScimError)) throw error;
    return undefined;
  }
}

/** The bare URN of a schema stands for all attributes under it. */
function patchSchema(
  type: ResourceType,
  document: Document,
  op: Change,
  urn: string | undefined,
  value: unknown,
): void {
  if (op === "remove" || isUnassigned(value)) {
    if (urn === undefined)
      throw new ScimError(400, "A resource can't be without its own schema.", "mutability");
    delete document[urn];
    return;
  }
  if (!isObject(value)) throw new ScimError(400, "A schema's URN takes an object.", "invalidValue");
  const prefix = urn ?? type.schema.id;
  for (const [key, inner] of Object.entries(value))
    patchAt(type, document, op, `${prefix}:${key}`, inner, false);
}

/** What an attribute is afterwards; undefined for unassigned. */
function changed(
  target: PatchTarget,
  op: Change,
  held: AttributeValue | undefined,
  value: unknown,
): AttributeValue | undefined {
  const { attribute } = target.path;
  if (attribute.multiValued) return changedElements(target, op, (held as Complex[] | undefined) ?? [], value);
  if (target.sub) return withSub({ ...(held as Complex | undefined) }, target.sub, op, value);
  if (op === "remove" || isUnassigned(value)) return undefined;
  // A reference is one thing: a new manager doesn't keep the old one's address.
  const isReference = attribute.subAttributes?.some(({ name }) => name === "$ref");
  if (!attribute.subAttributes || isReference || held === undefined) return readValue(attribute, value);
  return merged(attribute, held as Complex, value);
}

function changedElements(
  { path: { attribute }, filter, sub }: PatchTarget,
  op: Change,
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
  op: Change,
  value: unknown,
): Complex | undefined {
  return sub
    ? withSub(element, sub, op, value)
    : merged(attribute, element, Array.isArray(value) ? value[0] : value);
}

/** Add is the union; replace is the new ones. */
function combined(attribute: Attribute, op: Change, held: Complex[], value: unknown): Complex[] | undefined {
  const given = readValue(attribute, value) as Complex[] | undefined;
  if (op === "replace") return given;
  return nonEmpty(settled(attribute, [...held, ...(given ?? [])], given));
}

/**
 * The element that a filter without a match asks for. Entra ID writes to `phoneNumbers[type eq "mobile"]` whether or
 * not there is one; a type nobody has heard of is no target (RFC 7644 §3.5.2.3).
 */
function newElement(attribute: Attribute, filter: PatchTarget["filter"]): Complex {
  if (!filter) return {};
  const wanted = elementMeeting(filter);
  const isPlain = Object.entries(wanted ?? {}).every(([name, value]) => {
    const canonical = attribute.subAttributes?.find((sub) => sub.name === name)?.canonicalValues;
    if (name === "primary") return value === true;
    return name === "type" && canonical?.includes(String(value).toLowerCase());
  });
  if (!wanted || !isPlain)
    throw new ScimError(400, `No element of ${attribute.name} meets the filter in the path.`, "noTarget");
  return wanted;
}

function withSub(element: Complex, sub: Attribute, op: Change, value: unknown): Complex | undefined {
  const after = { ...element };
  if (op === "remove" || isUnassigned(value)) {
    delete after[sub.name];
    // The address of somebody who is no longer meant.
    if (sub.name === "value") delete after.$ref;
  } else after[sub.name] = readSimple(sub, value);
  return unlessHollow(after);
}

/** The parts that are given change, the others stay. */
function merged(attribute: Attribute, element: Complex, value: unknown): Complex | undefined {
  const given = typeof value === "string" ? { value } : value;
  if (!isObject(given)) return readElement(attribute, value);
  const unassigned = Object.entries(given).flatMap(([name, inner]) =>
    isUnassigned(inner) ? name.toLowerCase() : [],
  );
  const kept = Object.entries(element).filter(([name]) => !unassigned.includes(name.toLowerCase()));
  return unlessHollow({ ...Object.fromEntries(kept), ...readElement(attribute, given) });
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
