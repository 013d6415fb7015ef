import {
  type Attribute,
  commonAttributes,
  findAttribute,
  type ResourceType,
  type Schema,
  subAttribute,
} from "@/lib/scim/protocol/attributes";

/** An attribute of a resource type, found by its name: `name.givenName`, `urn:…:User:manager.value`. */
export interface AttributePath {
  attribute: Attribute;
  sub?: Attribute;
  /** Of the extension that has it; absent for the resource's own schema. */
  extension?: Schema;
  /** Another resource type has it, this one doesn't: here it is unassigned. */
  elsewhere?: true;
}

/** The bare URN of an extension, or of the resource's own schema (`extension` absent): all that is under it. */
export interface WholeSchema {
  wholeSchema: true;
  extension?: Schema;
}

/**
 * Finds what a name means, ignoring case: with or without URN, an extension's attribute also without where the name
 * isn't taken.
 * @returns "unknown schema" for a URN that isn't one of the type's, "unknown attribute" for anything else not there
 */
export function findPath(
  type: ResourceType,
  text: string,
): AttributePath | WholeSchema | "unknown schema" | "unknown attribute" {
  if (/^urn:/i.test(text)) return findByUrn(type, text);
  return (
    findIn(undefined, [...type.schema.attributes, ...commonAttributes], text) ??
    firstOf(type.extensions, (extension) => findIn(extension, extension.attributes, text)) ??
    "unknown attribute"
  );
}

/** The same for the places that name one attribute: undefined for anything else. */
export function findAttributePath(type: ResourceType, text: string): AttributePath | undefined {
  const found = findPath(type, text);
  return typeof found === "object" && "attribute" in found ? found : undefined;
}

function findByUrn(type: ResourceType, text: string): ReturnType<typeof findPath> {
  const lower = text.toLowerCase();
  for (const schema of [type.schema, ...type.extensions]) {
    const urn = schema.id.toLowerCase();
    const extension = schema === type.schema ? undefined : schema;
    if (lower === urn) return { wholeSchema: true, ...(extension && { extension }) };
    if (!lower.startsWith(`${urn}:`)) continue;
    const attributes = extension ? schema.attributes : [...schema.attributes, ...commonAttributes];
    return findIn(extension, attributes, text.slice(urn.length + 1)) ?? "unknown attribute";
  }
  return "unknown schema";
}

function findIn(
  extension: Schema | undefined,
  attributes: readonly Attribute[],
  text: string,
): AttributePath | undefined {
  const [name = "", subName, ...rest] = text.split(".");
  const attribute = findAttribute(attributes, name);
  if (!attribute || rest.length > 0) return undefined;
  const found = { attribute, ...(extension && { extension }) };
  if (subName === undefined) return found;
  const sub = subAttribute(attribute, subName);
  return sub && { ...found, sub };
}

function firstOf<T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
