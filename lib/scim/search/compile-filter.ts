import { and, or, type SQL, sql } from "drizzle-orm";
import { findAttribute } from "@/lib/scim/protocol/attributes";
import { comparedAttribute } from "@/lib/scim/protocol/comparison";
import { elementMeeting } from "@/lib/scim/protocol/element-filter";
import type { Comparison, Filter, Literal } from "@/lib/scim/protocol/filter";
import { foldText } from "@/lib/scim/protocol/fold";
import type { Many, Operands, Scalar } from "@/lib/scim/search/operands";

/**
 * A filter as a condition in SQL, every value a parameter. What is unassigned is SQL's null: it meets no comparison, and
 * `not` (with it `ne`, which is `not eq`) is met by whatever doesn't meet the rest.
 */
export function compileFilter(filter: Filter, operands: Operands): SQL {
  switch (filter.kind) {
    case "and":
      return and(...filter.parts.map((part) => compileFilter(part, operands))) ?? sql`true`;
    case "or":
      return or(...filter.parts.map((part) => compileFilter(part, operands))) ?? sql`false`;
    case "not":
      return negated(compileFilter(filter.part, operands));
    case "element":
      return filter.path.elsewhere ? sql`false` : compileElement(filter.filter, operands.many(filter.path));
    case "comparison":
      return compileComparison(filter, operands);
  }
}

/** A moment as the database takes it; without a zone it is UTC. */
function momentOf(text: string): string {
  return new Date(/(Z|[+-]\d\d:\d\d)$/i.test(text) ? text : `${text}Z`).toISOString();
}

function negated(condition: SQL): SQL {
  return sql`not ((${condition}) is true)`;
}

function compileComparison(comparison: Comparison, operands: Operands): SQL {
  const { path, operator } = comparison;
  if (operator === "ne") return negated(compileComparison({ ...comparison, operator: "eq" }, operands));

  const { attribute, sub } = path;
  const value = comparison.value ?? null;
  if (path.elsewhere) return operator === "eq" && value === null ? sql`true` : sql`false`;
  if (!attribute.multiValued) {
    if (operator === "pr") return operands.present(path);
    if (value === null) return negated(operands.present(path));
    return compare(operands.scalar(comparedPath(path)), operator, value);
  }

  const many = operands.many(path);
  if (operator === "pr")
    return sub ? many.exists(sql`${many.element(sub).expression} is not null`) : many.exists();
  if (value === null)
    return negated(sub ? many.exists(sql`${many.element(sub).expression} is not null`) : many.exists());
  const compared = comparedAttribute(path);
  if (operator === "eq" && many.holding) return many.holding({ [compared.name]: folded(compared, value) });
  return many.exists(compare(many.element(compared), operator, value));
}

/** All comparisons in `[ ]` are of one element. */
function compileElement(filter: Filter, many: Many): SQL {
  const whole = many.holding && elementMeeting(filter);
  if (whole) return holding(many, whole, filter);

  const condition = many.exists(compileFilter(filter, elementOperands(many)));
  const equalities = (filter.kind === "and" ? filter.parts : []).flatMap((part) => {
    const met = elementMeeting(part);
    return met && many.holding ? [holding(many, met, part)] : [];
  });
  // What an index can find goes first; the rest is looked at in what it found.
  return and(...equalities, condition) ?? condition;
}

function holding(many: Many, element: Record<string, string | boolean>, filter: Filter): SQL {
  const subs = subsOf(filter);
  const pairs = Object.entries(element).map(([name, value]) => {
    const sub = findAttribute(subs, name);
    return [name, sub ? folded(sub, value) : value];
  });
  return many.holding?.(Object.fromEntries(pairs)) ?? sql`true`;
}

function subsOf(filter: Filter): Comparison["path"]["attribute"][] {
  if (filter.kind === "comparison") return [filter.path.attribute];
  return filter.kind === "and" ? filter.parts.flatMap(subsOf) : [];
}

/** Inside `[ ]` a path names a sub-attribute of the element. */
function elementOperands(many: Many): Operands {
  return {
    scalar: ({ attribute }) => many.element(attribute),
    present: ({ attribute }) => sql`${many.element(attribute).expression} is not null`,
    many: () => many,
  };
}

function comparedPath(path: Comparison["path"]): Comparison["path"] {
  const compared = comparedAttribute(path);
  return compared === (path.sub ?? path.attribute) ? path : { ...path, sub: compared };
}

function compare(scalar: Scalar, operator: Comparison["operator"], literal: string | boolean): SQL {
  const { attribute, expression } = scalar;
  const value = folded(attribute, literal);
  if (attribute.type === "dateTime") return compareMoments(expression, operator, momentOf(String(value)));
  switch (operator) {
    case "eq":
      return scalar.equals?.(value) ?? sql`${expression} = ${value}`;
    case "co":
      return sql`${expression} like ${`%${literally(value)}%`}`;
    case "sw":
      return sql`${expression} like ${`${literally(value)}%`}`;
    case "ew":
      return sql`${expression} like ${`%${literally(value)}`}`;
    default:
      return sql`${expression} collate "C" ${orders[operator as keyof typeof orders]} ${value}`;
  }
}

function compareMoments(expression: SQL, operator: Comparison["operator"], moment: string): SQL {
  return sql`${expression} ${orders[operator as keyof typeof orders]} ${moment}::timestamptz`;
}

/** Text in a pattern, where `%`, `_` and `\` mean themselves. */
function literally(value: string | boolean): string {
  return String(value).replace(/[\\%_]/g, "\\$&");
}

function folded(attribute: Comparison["path"]["attribute"], value: NonNullable<Literal>): string | boolean {
  return typeof value === "string" && attribute.type !== "dateTime" ? foldText(attribute, value) : value;
}

const orders = { eq: sql`=`, gt: sql`>`, ge: sql`>=`, lt: sql`<`, le: sql`<=` };
