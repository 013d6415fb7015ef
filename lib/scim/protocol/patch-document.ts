import type { ResourceType } from "@/lib/scim/protocol/attributes";
import {
  type Attributes,
  type AttributeValue,
  type Complex,
  type Document,
  isObject,
  isUnassigned,
  readValue,
  unlessHollow,
} from "@/lib/scim/protocol/document";
import { merged, withSub } from "@/lib/scim/protocol/patch-complex";
import { changedElements } from "@/lib/scim/protocol/patch-elements";
import { type PatchTarget, parsePatchPath } from "@/lib/scim/protocol/patch-path";
import type { PatchOperation } from "@/lib/scim/protocol/patch-request";
import { ScimError } from "@/lib/scim/protocol/scim-error";

type Change = PatchOperation["op"];

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
  dropHollow(type, document);
  return document;
}

/** Only now: an element may come in pieces, its kind before its value. */
function dropHollow(type: ResourceType, document: Document): void {
  for (const { name, multiValued } of type.schema.attributes) {
    const elements = document[name];
    if (!multiValued || !Array.isArray(elements)) continue;
    const kept = elements.filter((element) => unlessHollow(element) !== undefined);
    if (kept.length > 0) document[name] = kept;
    else delete document[name];
  }
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
  if (target.sub)
    return withSub({ ...(held as Complex | undefined) }, target.sub, op === "remove" ? undefined : value);
  if (op === "remove" || isUnassigned(value)) return undefined;
  // A reference is one thing: a new manager doesn't keep the old one's address.
  const isReference = attribute.subAttributes?.some(({ name }) => name === "$ref");
  if (!attribute.subAttributes || isReference || held === undefined) return readValue(attribute, value);
  return merged(attribute, held as Complex, value);
}
