import { createLoader, createSerializer, type inferParserType, parseAsStringLiteral } from "nuqs/server";
import { parseAsPage, parseAsSearch } from "@/components/lists/url-parsers";
import { tokenStatuses } from "@/db/enums";
import { tokenSorts } from "@/lib/tokens/contract";
import type { TokensFilter } from "@/lib/tokens/hooks";

/** Whose tokens are listed. */
export const tokenKinds = ["service", "personal"] as const;
export type TokensKind = (typeof tokenKinds)[number];

/** How the address narrows, orders and pages the tokens; what it doesn't understand it leaves out. */
export const tokensViewParsers = {
  type: parseAsStringLiteral(tokenKinds).withDefault("service"),
  q: parseAsSearch,
  status: parseAsStringLiteral(tokenStatuses),
  sort: parseAsStringLiteral(tokenSorts).withDefault("-created_at"),
  page: parseAsPage,
};

export type TokensView = inferParserType<typeof tokensViewParsers>;

export const loadTokensView = createLoader(tokensViewParsers);

/** The address of the tokens in a view. */
export const tokensAddress = (view: Partial<TokensView>) => serialize("/settings/tokens", view);
const serialize = createSerializer(tokensViewParsers);

export const tokensPageSize = 25;

/** The names of the columns. */
export const tokensColumns = ["Name", "Owner", "Status", "Expires", "Last used", "Created"] as const;

/** All of a kind, newest first. */
export const wholeTokensView = { q: "", status: null, sort: "-created_at", page: 1 } as const;

/** What to ask the server for. */
export function tokensFilter({ q, status, sort, page }: TokensView) {
  const search = q.trim();
  return {
    search: search || undefined,
    status: status ?? undefined,
    sort,
    page,
    size: tokensPageSize,
  } satisfies TokensFilter;
}

/** The view as one text: two views are the same when these are. */
export function tokensViewKey(view: TokensView): string {
  return JSON.stringify([view.type, tokensFilter(view)]);
}

/** Whether nothing narrows the list. */
export function isWhole({ q, status }: TokensView): boolean {
  return q.trim() === "" && status === null;
}

/** "newest first", for the announcement of a new order. */
export const tokensOrder: Record<TokensView["sort"], string> = {
  name: "by name",
  "-name": "by name, from the end",
  created_at: "oldest first",
  "-created_at": "newest first",
  expiration: "soonest expiry first",
  "-expiration": "latest expiry first",
  last_used_at: "least recently used first",
  "-last_used_at": "most recently used first",
};
