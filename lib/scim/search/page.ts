import type { SearchRequest } from "@/lib/scim/search/search-request";

/** One page of a list, ready to be sent. */
export interface Page {
  total: number;
  startIndex: number;
  resources: Record<string, unknown>[];
}

interface Source<Row> {
  rows: (limit: number, offset: number) => PromiseLike<Row[]>;
  total: () => PromiseLike<number>;
}

/** Reads the rows of a page; counts only when the page itself doesn't tell how many there are. */
export async function pageOf<Row>(
  { startIndex, count }: Pick<SearchRequest, "startIndex" | "count">,
  source: Source<Row>,
): Promise<{ rows: Row[]; total: number; startIndex: number }> {
  const offset = startIndex - 1;
  if (count === 0) return { rows: [], total: await source.total(), startIndex };
  const rows = await source.rows(count, offset);
  const isLast = rows.length < count && (rows.length > 0 || offset === 0);
  return { rows, total: isLast ? offset + rows.length : await source.total(), startIndex };
}

const listSchema = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

/** The message of a list (RFC 7644 §3.4.2). */
export function listResponse({ total, startIndex, resources }: Page): Record<string, unknown> {
  return {
    schemas: [listSchema],
    totalResults: total,
    startIndex,
    itemsPerPage: resources.length,
    Resources: resources,
  };
}
