import { type AttributePath, findAttributePath } from "@/lib/scim/protocol/attribute-path";
import { type Attribute, type ResourceType, subAttribute } from "@/lib/scim/protocol/attributes";
import { checked } from "@/lib/scim/protocol/comparison";
import { FilterReader } from "@/lib/scim/protocol/filter-reader";
import { quoted, ScimError } from "@/lib/scim/protocol/scim-error";

export type Operator = "eq" | "ne" | "co" | "sw" | "ew" | "gt" | "ge" | "lt" | "le" | "pr";
export type Literal = string | boolean | null;

/** A comparison of one value; `attribute` is where its type and case rule come from. */
export interface Comparison {
  kind: "comparison";
  path: AttributePath;
  operator: Operator;
  /** Absent for `pr`. As text for dates, in whatever form they came. */
  value?: Literal;
}

/** A filter (RFC 7644 §3.4.2.2), its names found and its types checked. */
export type Filter =
  | Comparison
  | { kind: "and" | "or"; parts: Filter[] }
  | { kind: "not"; part: Filter }
  /** One element of a multi-valued attribute meets all of it; paths inside name its sub-attributes. */
  | { kind: "element"; path: AttributePath; filter: Filter };

/** Deeper and longer filters are refused: nobody means them, and every one costs the database. */
const maxDepth = 50;
const maxComparisons = 200;
const maxLength = 10_000;
const operators = new Set<string>(["eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le", "pr"]);

/**
 * Reads a filter on resources of a type.
 * @param others types that are searched along: what only they have is unassigned here (RFC 7644 §3.4.2.1)
 * @throws ScimError 400 `invalidFilter`, also for attributes that the type doesn't have and values of a wrong type
 */
export function parseFilter(type: ResourceType, text: string, others: readonly ResourceType[] = []): Filter {
  const reader = new FilterReader(limited(text));
  const find = (name: string) => findAttributePath(type, name) ?? findElsewhere(others, name);
  const filter = new Parser(reader, find).disjunction(0);
  reader.expectEnd();
  return filter;
}

/**
 * Reads what stands in `[ ]` of a PATCH path, and leaves the reader behind the bracket.
 * @throws ScimError 400 `invalidFilter`
 */
export function parseElementFilter(path: AttributePath, reader: FilterReader): Filter {
  return new Parser(reader, () => undefined).inBrackets(path, 0);
}

function findElsewhere(others: readonly ResourceType[], name: string): AttributePath | undefined {
  const found = others.map((type) => findAttributePath(type, name)).find((path) => path !== undefined);
  return found && { ...found, elsewhere: true };
}

function limited(text: string): string {
  if (text.length <= maxLength) return text;
  throw new ScimError(400, `The filter is longer than ${maxLength} characters.`, "invalidFilter");
}

class Parser {
  private comparisons = 0;

  constructor(
    private readonly reader: FilterReader,
    private readonly find: (name: string) => AttributePath | undefined,
  ) {}

  disjunction(depth: number): Filter {
    return this.chain("or", () => this.chain("and", () => this.term(depth)));
  }

  /** What stands in `[ ]` behind a complex attribute. */
  inBrackets(path: AttributePath, depth: number): Filter {
    const inner = new Parser(this.reader, (name) => {
      const sub = subAttribute(path.attribute, name);
      return sub && partOf(path, sub);
    });
    this.reader.expect("[");
    const filter = inner.disjunction(depth + 1);
    this.reader.expect("]");
    this.count(inner.comparisons);
    return filter;
  }

  private chain(word: "and" | "or", next: () => Filter): Filter {
    const parts = [next()];
    while (this.reader.takeWord(word)) parts.push(next());
    return parts.length === 1 && parts[0] ? parts[0] : { kind: word, parts };
  }

  private term(depth: number): Filter {
    if (depth > maxDepth)
      throw new ScimError(400, `The filter is nested deeper than ${maxDepth} levels.`, "invalidFilter");
    if (this.reader.takeNot()) return { kind: "not", part: this.group(depth) };
    if (this.reader.isAt("(")) return this.group(depth);

    const name = this.reader.name();
    const path = this.find(name);
    if (!path)
      throw new ScimError(400, `There is no attribute ${quoted(name)} to filter by.`, "invalidFilter");
    if (path.attribute.returned === "never")
      throw new ScimError(400, `${path.attribute.name} can't be filtered by.`, "invalidFilter");
    return this.reader.isAt("[") ? this.element(path, depth) : this.comparison(path);
  }

  private group(depth: number): Filter {
    this.reader.expect("(");
    const filter = this.disjunction(depth + 1);
    this.reader.expect(")");
    return filter;
  }

  /** `emails[type eq "work"]`, and the form `emails[type eq "work"].value eq "x"` that Entra ID sends. */
  private element(path: AttributePath, depth: number): Filter {
    const { attribute, sub } = path;
    if (!attribute.subAttributes || sub)
      throw new ScimError(400, `${attribute.name} has no elements to select by [ ].`, "invalidFilter");
    const filter = this.inBrackets(path, depth);
    const whole = (met: Filter): Filter =>
      attribute.multiValued ? { kind: "element", path, filter: met } : met;
    const subName = this.reader.takeSubName();
    if (subName === undefined) return whole(filter);

    const selected = subAttribute(attribute, subName);
    if (!selected) throw new ScimError(400, `${attribute.name} has no ${quoted(subName)}.`, "invalidFilter");
    const compared = this.comparison(partOf(path, selected));
    return whole({ kind: "and", parts: [filter, compared] });
  }

  private comparison(path: AttributePath): Comparison {
    this.count(1);
    const operator = this.reader.word().toLowerCase();
    if (!operators.has(operator))
      throw new ScimError(
        400,
        `${quoted(operator)} is no operator; use ${[...operators].join(", ")}.`,
        "invalidFilter",
      );
    if (operator === "pr") return { kind: "comparison", path, operator };
    const value = this.reader.literal();
    return checked({ kind: "comparison", path, operator: operator as Operator, value });
  }

  private count(more: number): void {
    this.comparisons += more;
    if (this.comparisons > maxComparisons)
      throw new ScimError(400, `The filter has more than ${maxComparisons} comparisons.`, "invalidFilter");
  }
}

/** Of many elements each is looked at by itself; a single one is found from the resource. */
function partOf(path: AttributePath, sub: Attribute): AttributePath {
  return path.attribute.multiValued ? { attribute: sub } : { ...path, sub };
}
