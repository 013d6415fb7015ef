import type { Attribute } from "@/lib/scim/protocol/attributes";
import {
  type Complex,
  isObject,
  isUnassigned,
  readElement,
  readParts,
  readSimple,
} from "@/lib/scim/protocol/document";

/** A complex value with one part set or, without a value, taken away; undefined when nothing is left of it. */
export function withSub(element: Complex, sub: Attribute, value: unknown): Complex | undefined {
  const after = { ...element };
  if (isUnassigned(value)) {
    delete after[sub.name];
    // The address of somebody who is no longer meant.
    if (sub.name === "value") delete after.$ref;
  } else after[sub.name] = readSimple(sub, value);
  return unlessEmpty(after);
}

/**
 * The parts that are given change, the others stay; undefined when nothing is left of it.
 * @throws ScimError 400 `invalidValue`
 */
export function merged(attribute: Attribute, element: Complex, value: unknown): Complex | undefined {
  const given = typeof value === "string" ? { value } : value;
  if (!isObject(given)) return readElement(attribute, value);
  const unassigned = Object.entries(given).flatMap(([name, inner]) =>
    isUnassigned(inner) ? name.toLowerCase() : [],
  );
  const kept = Object.entries(element).filter(([name]) => !unassigned.includes(name.toLowerCase()));
  return unlessEmpty({ ...Object.fromEntries(kept), ...readParts(attribute, given) });
}

/** What says only what kind of thing it is stays: another operation may say the rest (lib/scim/protocol/patch-document.ts). */
function unlessEmpty(element: Complex): Complex | undefined {
  return Object.keys(element).length > 0 ? element : undefined;
}
