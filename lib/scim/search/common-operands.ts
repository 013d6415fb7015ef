import { type AnyColumn, type SQL, sql } from "drizzle-orm";
import type { Attribute } from "@/lib/scim/protocol/attributes";
import { ScimError } from "@/lib/scim/protocol/scim-error";
import type { Many, Scalar } from "@/lib/scim/search/operands";

/** An id in a path, body or filter: the number it names; undefined for what no row can have. */
export function idOf(text: unknown): number | undefined {
  return typeof text === "string" && /^[1-9]\d{0,15}$/.test(text) && Number.isSafeInteger(Number(text))
    ? Number(text)
    : undefined;
}

/** An id is text in SCIM and a number in its column: equality goes by the number, so that its index is used. */
export function byNumber(column: AnyColumn): Pick<Scalar, "expression"> & Required<Pick<Scalar, "equals">> {
  return {
    expression: sql`${column}::text`,
    equals: (value) => {
      const id = idOf(value);
      return id === undefined ? sql`false` : sql`${column} = ${id}`;
    },
  };
}

/** The address of a resource, in SQL. */
export function referenceTo(prefix: string, id: AnyColumn): SQL {
  return sql`(${prefix}::text || ${id}::text)`;
}

/** A part of `meta`. @throws ScimError 400 `invalidFilter` for `meta` as a whole */
export function metaScalar(sub: Attribute | undefined, parts: Record<string, SQL>): Scalar {
  const expression = sub && parts[sub.name];
  if (!sub || !expression)
    throw new ScimError(400, "Name a part of meta, as meta.lastModified.", "invalidFilter");
  return { attribute: sub, expression };
}

/** A list of plain text as the elements of an attribute. */
export function textList(attribute: Attribute, list: SQL): Many {
  return {
    exists: (condition = sql`true`) =>
      sql`exists (select 1 from unnest(${list}) as element (value) where ${condition})`,
    element: () => ({ attribute, expression: sql`element.value` }),
  };
}
