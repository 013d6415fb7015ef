import { fieldsOf } from "@/lib/scim/protocol/document";
import { quoted, ScimError } from "@/lib/scim/protocol/scim-error";

/** At most so many resources come at once, and so many unless told; told in ServiceProviderConfig. */
export const maxResults = 200;

/** What a list, a search or a single read asks for (RFC 7644 §3.4.2, §3.4.3). */
export interface SearchRequest extends AttributeNames {
  filter?: string;
  sortBy?: string;
  descending: boolean;
  /** From 1. */
  startIndex: number;
  count: number;
}

export interface AttributeNames {
  attributes?: string[];
  excludedAttributes?: string[];
}

/** A query as an object; names of attributes that come in several pieces are one list. */
export function queryObject(query: URLSearchParams): Record<string, string> {
  const object = Object.fromEntries(query);
  for (const name of ["attributes", "excludedAttributes"])
    if (query.has(name)) object[name] = query.getAll(name).join(",");
  return object;
}

/** Reads the query of a GET, as an object, or the body of a POST to `.search`. @throws ScimError 400 `invalidValue` */
export function readSearch(request: Record<string, unknown>): SearchRequest {
  const given = fieldsOf(request);
  const filter = text(given, "filter");
  const sortBy = text(given, "sortBy");
  const sortOrder = text(given, "sortOrder")?.toLowerCase() || "ascending";
  if (sortOrder !== "ascending" && sortOrder !== "descending")
    throw new ScimError(400, "sortOrder takes ascending or descending.", "invalidValue");
  return {
    ...(filter !== undefined && { filter }),
    ...(sortBy && { sortBy }),
    descending: sortOrder === "descending",
    startIndex: Math.max(1, wholeNumber(given, "startIndex", 1)),
    count: Math.min(maxResults, Math.max(0, wholeNumber(given, "count", maxResults))),
    ...readAttributeNames(request),
  };
}

/** Which attributes an answer is to carry; asked for with writes and single reads too (RFC 7644 §3.9). */
export function readAttributeNames(request: Record<string, unknown>): AttributeNames {
  const given = fieldsOf(request);
  const attributes = names(given, "attributes");
  const excludedAttributes = names(given, "excludedAttributes");
  return { ...(attributes && { attributes }), ...(excludedAttributes && { excludedAttributes }) };
}

function text(given: Record<string, unknown>, name: string): string | undefined {
  const value = given[name.toLowerCase()];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") throw new ScimError(400, `${name} takes text.`, "invalidValue");
  return value;
}

/** A list in a body, comma-separated in a query. */
function names(given: Record<string, unknown>, name: string): string[] | undefined {
  const value = given[name.toLowerCase()];
  if (value === undefined || value === null || value === "") return undefined;
  const list: unknown[] =
    typeof value === "string" ? value.split(",") : Array.isArray(value) ? value : [undefined];
  if (!list.every((item) => typeof item === "string"))
    throw new ScimError(400, `${name} takes names of attributes.`, "invalidValue");
  const found = list.map((item) => item.trim()).filter(Boolean);
  return found.length > 0 ? found : undefined;
}

function wholeNumber(given: Record<string, unknown>, name: string, usual: number): number {
  const value = given[name.toLowerCase()];
  if (value === undefined || value === null || value === "") return usual;
  const number = typeof value === "string" && /^[+-]?\d+$/.test(value.trim()) ? Number(value) : value;
  if (!Number.isInteger(number))
    throw new ScimError(400, `${name} takes a whole number, not ${quoted(String(value))}.`, "invalidValue");
  return Math.max(-1, Math.min(Number(number), 1_000_000_000));
}
