import type { SQL } from "drizzle-orm";
import type { AttributePath } from "@/lib/scim/protocol/attribute-path";
import type { Attribute } from "@/lib/scim/protocol/attributes";
import type { Complex } from "@/lib/scim/protocol/document";

/** A single value in SQL: text (folded like `foldText`), a boolean or a moment, by the attribute's type. */
export interface Scalar {
  attribute: Attribute;
  expression: SQL;
  /** An equality that an index serves, where there is one; takes the folded value. */
  equals?: (value: string | boolean) => SQL;
  /** Whether hardly two resources have the same value, and an index finds them by it. */
  identifies?: true;
}

/** The elements of a multi-valued attribute in SQL. */
export interface Many {
  /** Whether some element meets a condition made of `element`. */
  exists: (condition?: SQL) => SQL;
  element: (sub: Attribute) => Scalar;
  /** A part of the primary element, else of the first, for sorting; where the elements have an order. */
  leading?: (sub: Attribute) => SQL;
  /** Whether some element has all of these, folded, by an index, where there is one. */
  holding?: (element: Complex) => SQL;
  /** The part by which an index finds the few resources that have the same in it, where there is one. */
  identifiedBy?: string;
}

/** How the attributes of a resource type are found in its table. */
export interface Operands {
  /** The value of a single-valued attribute or sub-attribute. @throws ScimError 400 where there is nothing to compare */
  scalar: (path: AttributePath) => Scalar;
  /** Whether a single-valued attribute, simple or complex, is assigned. */
  present: (path: AttributePath) => SQL;
  many: (path: AttributePath) => Many;
}
