import { type Database, db, searching } from "@/db/client";
import type { SearchRequest } from "@/lib/scim/search/search-request";

/** One page of a list, ready to be sent. */
export interface Page {
  total: number;
  startIndex: number;
  resources: Record<string, unknown>[];
}

interface Source<Row> {
  rows: (database: Database, limit: number, offset: number) => PromiseLike<Row[]>;
  total: (database: Database) => PromiseLike<number>;
  /** Whether it costs no more than any other read: it then takes no turn among the searches. */
  isQuick: boolean;
  /** Aborts when the client has gone. */
  gone: AbortSignal | undefined;
}

/**
 * Reads the rows of a page; counts only when the page itself doesn't tell how many there are.
 * @throws NoTurn where too many search already
 */
export async function pageOf<Row>(
  { startIndex, count }: Pick<SearchRequest, "startIndex" | "count">,
  source: Source<Row>,
): Promise<{ rows: Row[]; total: number; startIndex: number }> {
  const offset = startIndex - 1;
  const read = async (database: Database) => {
    const rows = count === 0 ? [] : await source.rows(database, count, offset);
    const isLast = rows.length < count && (rows.length > 0 || offset === 0);
    return { rows, total: isLast ? offset + rows.length : await source.total(database), startIndex };
  };
  return source.isQuick ? read(db()) : searching(read, source.gone);
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
