import {
  createLoader,
  createParser,
  createSerializer,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { tokenStatuses } from "@/db/enums";
import { tokenSorts } from "@/lib/tokens/contract";
import type { TokensFilter } from "@/lib/tokens/hooks";

export const tokenViews = ["service", "personal"] as const;
export type TokenView = (typeof tokenViews)[number];

/** How many tokens a page of the list has. */
export const tokensPageSize = 25;

/** The longest text the API searches for. */
const longestSearch = 200;

const pageNumber = createParser({
  parse: (text) => (/^[1-9]\d{0,5}$/.test(text) ? Number(text) : null),
  serialize: String,
});

/** What the address says about the tokens list. A value that isn't one counts as absent. */
export const tokensSearch = {
  type: parseAsStringLiteral(tokenViews).withDefault("service"),
  q: parseAsString.withDefault(""),
  status: parseAsStringLiteral(tokenStatuses),
  sort: parseAsStringLiteral(tokenSorts).withDefault("-created_at"),
  page: pageNumber.withDefault(1),
};

/** Reads it on the server. */
export const loadTokensSearch = createLoader(tokensSearch);

/** Adds it to the path of the page. */
export const withTokensSearch = createSerializer(tokensSearch);

type TokensSearch = Awaited<ReturnType<typeof loadTokensSearch>>;

/** What the list is asked for then. The same search makes the same filter on the server and in the browser. */
export function filterOf({ q, status, sort, page }: Omit<TokensSearch, "type">) {
  const search = q.trim().slice(0, longestSearch);
  return {
    ...(search && { search }),
    ...(status && { status }),
    sort,
    page,
    size: tokensPageSize,
  } satisfies TokensFilter;
}
