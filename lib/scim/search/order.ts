import { type AnyColumn, type SQL, sql } from "drizzle-orm";
import { type AttributePath, findAttributePath } from "@/lib/scim/protocol/attribute-path";
import type { ResourceType } from "@/lib/scim/protocol/attributes";
import { comparedAttribute } from "@/lib/scim/protocol/comparison";
import { quoted, ScimError } from "@/lib/scim/protocol/scim-error";
import type { Operands } from "@/lib/scim/search/operands";
import type { SearchRequest } from "@/lib/scim/search/search-request";

/**
 * The order that was asked for (RFC 7644 §3.4.2.3): by bytes of the lower-cased text, what is unassigned last in
 * ascending order. The id decides between equals, so that pages neither overlap nor leave gaps.
 * @throws ScimError 400 `invalidPath` for an attribute that the type doesn't have or that has no order
 */
export function orderBy(
  type: ResourceType,
  { sortBy, descending }: Pick<SearchRequest, "sortBy" | "descending">,
  operands: Operands,
  id: AnyColumn,
): SQL[] {
  const direction = descending ? sql`desc nulls first` : sql`asc nulls last`;
  if (sortBy === undefined) return [sql`${id}`];
  return [
    sql`${sortKey(type, sortBy, operands)} ${direction}`,
    sql`${id} ${descending ? sql`desc` : sql`asc`}`,
  ];
}

/** What is sorted by, as text or a moment. */
export function sortKey(type: ResourceType, sortBy: string, operands: Operands): SQL {
  const path = findAttributePath(type, sortBy);
  if (!path) throw new ScimError(400, `There is no attribute ${quoted(sortBy)} to sort by.`, "invalidPath");
  const compared = comparedAttribute(path);
  if (compared.type === "complex" || path.attribute.returned === "never" || path.attribute.name === "schemas")
    throw new ScimError(400, `${quoted(sortBy)} has no order; name a part of it.`, "invalidPath");

  const expression = path.attribute.multiValued
    ? leading(path, operands)
    : operands.scalar(compared === (path.sub ?? path.attribute) ? path : { ...path, sub: compared })
        .expression;
  return compared.type === "dateTime" || compared.type === "boolean"
    ? expression
    : sql`${expression} collate "C"`;
}

/** Of many values the primary one counts, else the first. */
function leading(path: AttributePath, operands: Operands): SQL {
  const many = operands.many(path);
  if (!many.leading) throw new ScimError(400, `${path.attribute.name} has no order.`, "invalidPath");
  return many.leading(comparedAttribute(path));
}
