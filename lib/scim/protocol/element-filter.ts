import { comparedAttribute } from "@/lib/scim/protocol/comparison";
import type { Complex } from "@/lib/scim/protocol/document";
import type { Comparison, Filter } from "@/lib/scim/protocol/filter";
import { foldText } from "@/lib/scim/protocol/fold";

/** Whether one element of a multi-valued attribute meets the filter of a PATCH path. */
export function matchesElement(filter: Filter, element: Complex): boolean {
  switch (filter.kind) {
    case "and":
      return filter.parts.every((part) => matchesElement(part, element));
    case "or":
      return filter.parts.some((part) => matchesElement(part, element));
    case "not":
      return !matchesElement(filter.part, element);
    case "comparison":
      return compare(filter, element);
    case "element":
      return false;
  }
}

/**
 * What an element must be to meet the filter, where that can be told: equalities of different parts, joined by `and`.
 * @returns undefined where it can't
 */
export function elementMeeting(filter: Filter): Complex | undefined {
  if (filter.kind === "and") {
    const parts = filter.parts.map(elementMeeting);
    if (parts.some((part) => part === undefined)) return undefined;
    const met: Complex = Object.assign({}, ...parts);
    return Object.keys(met).length === parts.length ? met : undefined;
  }
  if (filter.kind !== "comparison" || filter.operator !== "eq") return undefined;
  const { value } = filter;
  return value === undefined || value === null ? undefined : { [filter.path.attribute.name]: value };
}

function compare({ path, operator, value = null }: Comparison, element: Complex): boolean {
  const attribute = comparedAttribute(path);
  const held = element[attribute.name];
  if (operator === "pr") return held !== undefined;
  if (operator === "ne") return !isEqual(held, value, (text) => foldText(attribute, text));
  if (operator === "eq") return isEqual(held, value, (text) => foldText(attribute, text));
  if (typeof held !== "string" || typeof value !== "string") return false;

  const left = foldText(attribute, held);
  const right = foldText(attribute, value);
  const order = Buffer.compare(Buffer.from(left), Buffer.from(right));
  return {
    co: left.includes(right),
    sw: left.startsWith(right),
    ew: left.endsWith(right),
    gt: order > 0,
    ge: order >= 0,
    lt: order < 0,
    le: order <= 0,
  }[operator];
}

function isEqual(
  held: string | boolean | undefined,
  value: string | boolean | null,
  fold: (text: string) => string,
): boolean {
  if (held === undefined || value === null) return held === undefined && value === null;
  return typeof held === "string" && typeof value === "string" ? fold(held) === fold(value) : held === value;
}
