import type { AttributePath } from "@/lib/scim/protocol/attribute-path";
import { type Attribute, subAttribute } from "@/lib/scim/protocol/attributes";
import type { Comparison } from "@/lib/scim/protocol/filter";
import { ScimError } from "@/lib/scim/protocol/scim-error";

/** The attribute whose value a comparison looks at: of a complex one its `value` (RFC 7644 §3.4.2.2). */
export function comparedAttribute({ attribute, sub }: AttributePath): Attribute {
  const compared = sub ?? attribute;
  return compared.subAttributes ? (subAttribute(compared, "value") ?? compared) : compared;
}

/**
 * The comparison with its value in the attribute's type.
 * @throws ScimError 400 `invalidFilter` for an operator or a value that the attribute doesn't take
 */
export function checked(comparison: Comparison): Comparison {
  const { path, operator } = comparison;
  const value = comparison.value ?? null;
  const { name, type } = comparedAttribute(path);
  const refuse = (why: string) => new ScimError(400, `${name} ${operator}: ${why}`, "invalidFilter");

  if (value === null) {
    if (operator === "eq" || operator === "ne") return comparison;
    throw refuse("only eq and ne compare with null.");
  }
  if (type === "complex") throw refuse("name one of its sub-attributes.");
  if (type === "boolean") {
    if (operator !== "eq" && operator !== "ne") throw refuse("a boolean takes eq, ne and pr.");
    const truth = typeof value === "boolean" ? value : { true: true, false: false }[value.toLowerCase()];
    if (truth === undefined) throw refuse("compare it with true or false.");
    return { ...comparison, value: truth };
  }
  if (typeof value !== "string") throw refuse("compare it with text in double quotes.");
  if (type === "binary" && /^[gl][te]$/.test(operator)) throw refuse("binary values have no order.");
  if (type === "dateTime") {
    if (/^(co|sw|ew)$/.test(operator)) throw refuse("a moment takes eq, ne, gt, ge, lt, le and pr.");
    if (!isDateTime(value)) throw refuse('compare it with a moment like "2026-11-05T12:34:56Z".');
  }
  return comparison;
}

const dateTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)?$/i;

/** In the years that have four digits, wherever it is told. */
const [firstMoment = 0, lastMoment = 0] = ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z"].map(
  Date.parse,
);

function isDateTime(text: string): boolean {
  const moment = Date.parse(text);
  return dateTime.test(text) && moment >= firstMoment && moment <= lastMoment;
}
