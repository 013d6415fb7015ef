import {
  type Attribute,
  commonAttributes,
  findAttribute,
  type ResourceType,
  type Schema,
} from "@/lib/scim/protocol/attributes";
import { foldText } from "@/lib/scim/protocol/fold";
import { quoted, ScimError } from "@/lib/scim/protocol/scim-error";

export type Simple = string | boolean;
export type Complex = Record<string, Simple>;
export type AttributeValue = Simple | Complex | Complex[];
export type Attributes = Record<string, AttributeValue>;
/** A resource's attributes under their canonical names, an extension's under its URN. What is unassigned isn't there. */
export type Document = Record<string, AttributeValue | Attributes>;

/**
 * Takes from a request's body what the type has: names in any case, `"True"` for true, null, `""`, `[]` and `{}` for
 * unassigned. What is unknown or read-only is left out; providers send a lot of both.
 * @throws ScimError 400 `invalidValue` for a value of a wrong type
 */
export function readDocument(type: ResourceType, body: Record<string, unknown>): Document {
  const document: Document = {};
  for (const [name, value] of Object.entries(body)) {
    const extension = type.extensions.find(({ id }) => id.toLowerCase() === name.toLowerCase());
    if (extension) {
      const attributes = readExtension(extension, value);
      if (attributes) document[extension.id] = attributes;
    } else assign(document, findAttribute([...type.schema.attributes, ...commonAttributes], name), value);
  }
  return document;
}

/** The attributes of an extension, from what stands under its URN; undefined when none is assigned. */
function readExtension({ id, attributes }: Schema, value: unknown): Attributes | undefined {
  if (isUnassigned(value)) return undefined;
  if (!isObject(value)) throw new ScimError(400, `${id} takes an object.`, "invalidValue");
  const read: Attributes = {};
  for (const [name, inner] of Object.entries(value)) assign(read, findAttribute(attributes, name), inner);
  return Object.keys(read).length > 0 ? read : undefined;
}

/**
 * One attribute's value; undefined for unassigned.
 * @throws ScimError 400 `invalidValue`
 */
export function readValue(attribute: Attribute, value: unknown): AttributeValue | undefined {
  if (isUnassigned(value)) return undefined;
  if (!attribute.multiValued) return readSingle(attribute, value);
  const given: unknown[] = Array.isArray(value) ? value : [value];
  const elements = given
    .map((item) => readElement(attribute, item))
    .filter((element) => element !== undefined);
  return elements.length > 0 ? settled(attribute, elements) : undefined;
}

/** One element of a multi-valued attribute, or a single complex value; text alone is its `value`. */
export function readElement(attribute: Attribute, value: unknown): Complex | undefined {
  if (isUnassigned(value)) return undefined;
  const takesText = findAttribute(attribute.subAttributes, "value") !== undefined;
  return unlessHollow(readParts(attribute, typeof value === "string" && takesText ? { value } : value));
}

/** The parts of a complex value that are given, be it only what kind of thing it is. */
export function readParts(attribute: Attribute, value: unknown): Complex {
  if (!isObject(value)) throw wrongType(attribute, value);
  const parts: Complex = {};
  for (const [name, inner] of Object.entries(value)) {
    const sub = findAttribute(attribute.subAttributes, name);
    if (!sub || sub.mutability === "readOnly" || isUnassigned(inner)) continue;
    parts[sub.name] = readSimple(sub, inner);
  }
  return parts;
}

/** What says no more than what kind of thing it would be is unassigned. */
export function unlessHollow(element: Complex): Complex | undefined {
  const { type: _type, primary: _primary, ...said } = element;
  return Object.keys(said).length > 0 ? element : undefined;
}

/** @throws ScimError 400 `invalidValue` */
export function readSimple(attribute: Attribute, value: unknown): Simple {
  if (attribute.type === "boolean") {
    const truth = typeof value === "string" ? { true: true, false: false }[value.toLowerCase()] : value;
    if (typeof truth !== "boolean") throw wrongType(attribute, value);
    return truth;
  }
  if (typeof value !== "string") throw wrongType(attribute, value);
  if (value.includes("\u0000") || !value.isWellFormed())
    throw new ScimError(400, `${attribute.name} holds a character that can't be stored.`, "invalidValue");
  return value;
}

/** The elements without repetitions, and with one primary at most: of several the first, or one of `preferred`. */
export function settled(
  attribute: Attribute,
  elements: Complex[],
  preferred: readonly Complex[] = [],
): Complex[] {
  const seen = new Map<string, Complex>();
  for (const element of elements) {
    const key = sameness(attribute, element);
    const first = seen.get(key);
    if (!first) seen.set(key, element);
    else if (preferred.includes(element)) Object.assign(first, element);
  }
  const distinct = [...seen.values()];
  const keys = new Set(preferred.map((element) => sameness(attribute, element)));
  const primaries = distinct.filter((element) => element.primary === true);
  const kept = primaries.find((element) => keys.has(sameness(attribute, element))) ?? primaries[0];
  for (const element of primaries) if (element !== kept) element.primary = false;
  return distinct;
}

/** Whether null, empty text, an empty list or an empty object. */
export function isUnassigned(value: unknown): boolean {
  if (value === null || value === undefined || value === "") return true;
  if (Array.isArray(value)) return value.every(isUnassigned);
  return typeof value === "object" && Object.keys(value).length === 0;
}

/** What an object holds, under lower-cased names: names have no case in SCIM (RFC 7643 §2.1). */
export function fieldsOf(object: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name.toLowerCase(), value]));
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function assign(target: Document, attribute: Attribute | undefined, value: unknown): void {
  if (!attribute || attribute.mutability === "readOnly") return;
  const read = readValue(attribute, value);
  if (read === undefined) delete target[attribute.name];
  else target[attribute.name] = read;
}

function readSingle(attribute: Attribute, value: unknown): Simple | Complex | undefined {
  if (!attribute.subAttributes) return readSimple(attribute, value);
  // Entra ID wraps the manager in a list.
  return readElement(attribute, Array.isArray(value) ? value[0] : value);
}

/** Two elements are the same when type and value are; where there is no value, when all of it is. */
function sameness(attribute: Attribute, element: Complex): string {
  const { value, type } = element;
  if (value === undefined)
    return JSON.stringify(
      Object.entries(element)
        .filter(([name]) => name !== "primary")
        .sort(),
    );
  const valueAttribute = findAttribute(attribute.subAttributes, "value");
  const text = valueAttribute && typeof value === "string" ? foldText(valueAttribute, value) : value;
  return JSON.stringify([typeof type === "string" ? type.toLowerCase() : null, text]);
}

function wrongType(attribute: Attribute, value: unknown): ScimError {
  const wanted = attribute.subAttributes
    ? "an object"
    : attribute.type === "boolean"
      ? "true or false"
      : "text";
  const got = Array.isArray(value)
    ? "a list"
    : typeof value === "object"
      ? "an object"
      : attribute.returned === "never"
        ? "a number"
        : quoted(String(value));
  return new ScimError(400, `${attribute.name} takes ${wanted}, not ${got}.`, "invalidValue");
}
