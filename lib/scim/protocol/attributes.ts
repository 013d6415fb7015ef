/** One attribute of a schema, as RFC 7643 §7 describes it; `/Schemas` shows these as they stand. */
export interface Attribute {
  name: string;
  type: "string" | "boolean" | "reference" | "binary" | "dateTime" | "complex";
  multiValued: boolean;
  description: string;
  required: boolean;
  caseExact: boolean;
  mutability: "readOnly" | "readWrite" | "immutable" | "writeOnly";
  returned: "always" | "never" | "default" | "request";
  uniqueness: "none" | "server" | "global";
  canonicalValues?: string[];
  referenceTypes?: string[];
  subAttributes?: Attribute[];
}

/** A schema: its URN, and what a resource has under it. */
export interface Schema {
  id: string;
  name: string;
  description: string;
  attributes: Attribute[];
}

/** A kind of resource: its own schema, and those that extend it under their URN. */
export interface ResourceType {
  name: "User" | "Group";
  endpoint: "/Users" | "/Groups";
  description: string;
  schema: Schema;
  extensions: Schema[];
}

type Traits = Partial<Omit<Attribute, "name" | "description">>;

/** An attribute; what isn't said is text, single, optional, case-insensitive, readable and writable. */
export function attribute(name: string, description: string, traits: Traits = {}): Attribute {
  return {
    name,
    type: "string",
    multiValued: false,
    description,
    required: false,
    caseExact: false,
    mutability: "readWrite",
    returned: "default",
    uniqueness: "none",
    ...traits,
  };
}

/** A multi-valued complex attribute with the usual sub-attributes (RFC 7643 §2.4); `value` may have traits of its own. */
export function valuesOf(
  name: string,
  description: string,
  { types, value = {} }: { types?: string[]; value?: Traits } = {},
): Attribute {
  return attribute(name, description, {
    type: "complex",
    multiValued: true,
    subAttributes: [
      attribute(
        "value",
        `The value: one of the ${description.charAt(0).toLowerCase()}${description.slice(1)}`,
        value,
      ),
      attribute("display", "A name for people to read."),
      attribute("type", "What it is for.", types ? { canonicalValues: types } : {}),
      attribute("primary", "Whether it is the preferred one; at most one is.", { type: "boolean" }),
    ],
  });
}

/** What every resource has beside its schema (RFC 7643 §3.1). */
export const commonAttributes: Attribute[] = [
  attribute("id", "The number of the resource.", {
    caseExact: true,
    mutability: "readOnly",
    returned: "always",
    uniqueness: "server",
  }),
  attribute("externalId", "The identity provider's own id of it.", { caseExact: true }),
  attribute("schemas", "The URNs of its schemas.", {
    type: "reference",
    multiValued: true,
    caseExact: true,
    mutability: "readOnly",
    returned: "always",
  }),
  attribute("meta", "What the server knows about the resource.", {
    type: "complex",
    mutability: "readOnly",
    subAttributes: [
      attribute("resourceType", "Its kind.", { caseExact: true, mutability: "readOnly" }),
      attribute("created", "When it was made.", { type: "dateTime", mutability: "readOnly" }),
      attribute("lastModified", "When it was last changed.", { type: "dateTime", mutability: "readOnly" }),
      attribute("location", "Its address.", { type: "reference", caseExact: true, mutability: "readOnly" }),
      attribute("version", "Its version, a weak ETag.", { caseExact: true, mutability: "readOnly" }),
    ],
  }),
];

/** Finds by name, ignoring case (RFC 7643 §2.1). */
export function findAttribute(
  attributes: readonly Attribute[] | undefined,
  name: string,
): Attribute | undefined {
  const key = name.toLowerCase();
  return attributes?.find((candidate) => candidate.name.toLowerCase() === key);
}

/** The sub-attribute of that name, ignoring case. */
export function subAttribute(attribute: Attribute, name: string): Attribute | undefined {
  return findAttribute(attribute.subAttributes, name);
}
