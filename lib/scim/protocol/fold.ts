import {
  type Attribute,
  commonAttributes,
  findAttribute,
  type ResourceType,
  type Schema,
} from "@/lib/scim/protocol/attributes";
import type { Attributes, AttributeValue, Complex, Document } from "@/lib/scim/protocol/document";
import { nameKey } from "@/lib/users/name";

/** What a filter and an order look at: the same document, with text lower-cased where case has no meaning. */
export function foldDocument(type: ResourceType, document: Document): Document {
  const folded: Document = {};
  for (const [name, value] of Object.entries(document)) {
    const extension = type.extensions.find(({ id }) => id === name);
    folded[name] = extension
      ? foldAttributes(extension, value as Attributes)
      : fold(attributeOf(type, name), value);
  }
  return folded;
}

/** A value as comparisons take it. */
export function foldText(attribute: Attribute, text: string): string {
  return attribute.caseExact ? text : nameKey(text);
}

function foldAttributes(schema: Schema, attributes: Attributes): Attributes {
  const folded: Attributes = {};
  for (const [name, value] of Object.entries(attributes))
    folded[name] = fold(findAttribute(schema.attributes, name), value) as AttributeValue;
  return folded;
}

function fold(
  attribute: Attribute | undefined,
  value: AttributeValue | Attributes,
): AttributeValue | Attributes {
  if (!attribute || value === null || typeof value === "boolean") return value;
  if (typeof value === "string") return foldText(attribute, value);
  if (Array.isArray(value)) return value.map((element) => foldElement(attribute, element));
  return foldElement(attribute, value as Complex);
}

function foldElement(attribute: Attribute, element: Complex): Complex {
  const folded: Complex = {};
  for (const [name, value] of Object.entries(element)) {
    const sub = findAttribute(attribute.subAttributes, name);
    folded[name] = sub && typeof value === "string" ? foldText(sub, value) : value;
  }
  return folded;
}

function attributeOf(type: ResourceType, name: string): Attribute | undefined {
  return findAttribute([...type.schema.attributes, ...commonAttributes], name);
}
