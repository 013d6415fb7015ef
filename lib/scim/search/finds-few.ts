import { comparedAttribute } from "@/lib/scim/protocol/comparison";
import type { Comparison, Filter } from "@/lib/scim/protocol/filter";
import type { Operands } from "@/lib/scim/search/operands";

/**
 * Whether one look into an index finds all that a filter can meet, and these are few: `userName eq`, and what else
 * identity providers ask before each write. Whatever else it asks for is then looked at in those few.
 */
export function findsFew(filter: Filter, operands: Operands): boolean {
  switch (filter.kind) {
    case "and":
      return filter.parts.some((part) => findsFew(part, operands));
    case "comparison":
      return isEquality(filter) && identifies(filter.path, operands);
    case "element":
      return filter.path.elsewhere || namesPart(filter.filter, operands.many(filter.path).identifiedBy);
    default:
      return false;
  }
}

function identifies(path: Comparison["path"], operands: Operands): boolean {
  // What only another type has, nothing of this one meets.
  if (path.elsewhere) return true;
  if (path.attribute.multiValued) return operands.many(path).identifiedBy === comparedAttribute(path).name;
  return operands.scalar(path).identifies ?? false;
}

/** Whether an element is asked for that has one certain value in this part. */
function namesPart(filter: Filter, part: string | undefined): boolean {
  if (filter.kind === "and") return filter.parts.some((each) => namesPart(each, part));
  return filter.kind === "comparison" && isEquality(filter) && filter.path.attribute.name === part;
}

function isEquality({ operator, value }: Comparison): boolean {
  return operator === "eq" && value !== null;
}
