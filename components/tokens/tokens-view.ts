import { createLoader, createSerializer, type inferParserType, parseAsStringLiteral } from "nuqs/server";
import { actionsColumn, type Column, selectionColumn } from "@/components/lists/columns";
import { parseAsPage, parseAsSearch } from "@/components/lists/url-parsers";
import { tokenStatuses } from "@/db/enums";
import { tokenSorts } from "@/lib/tokens/contract";
import type { TokensFilter, TokensScope } from "@/lib/tokens/hooks";

/** Which tokens are listed, where one may see more than one's own. */
export const tokenKinds = ["all", "service", "personal"] as const;
export type TokensKind = (typeof tokenKinds)[number];

/** What a list can be narrowed to: a status, or what wants attention. */
export const tokenConditions = [...tokenStatuses, "still-called", "never-used"] as const;
export type TokensCondition = (typeof tokenConditions)[number];

/** How the address narrows, orders and pages the tokens; what it doesn't understand it leaves out. */
export const tokensViewParsers = {
  type: parseAsStringLiteral(tokenKinds).withDefault("all"),
  q: parseAsSearch,
  status: parseAsStringLiteral(tokenConditions),
  sort: parseAsStringLiteral(tokenSorts).withDefault("-created_at"),
  page: parseAsPage,
};

export type TokensView = inferParserType<typeof tokensViewParsers>;

export const loadTokensView = createLoader(tokensViewParsers);

/** The address of the tokens in a view. */
export const tokensAddress = (view: Partial<TokensView>) => serialize("/settings/tokens", view);
const serialize = createSerializer(tokensViewParsers);

export const tokensPageSize = 25;

/** The columns; `ownerShown` unless all are of one account. What is soonest to end comes first, and what happened last. */
export function tokensColumns(ownerShown: boolean): readonly Column<TokensView["sort"]>[] {
  return [
    selectionColumn,
    { name: "Name", sort: "name" },
    ...(ownerShown ? [{ name: "Owner", room: "account" } as const] : []),
    { name: "Status", room: "status" },
    { name: "Expires", room: "date", sort: "expiration" },
    { name: "Last used", room: "use", sort: "-last_used_at" },
    { name: "Created", room: "time", sort: "-created_at" },
    actionsColumn,
  ];
}

/** Nothing left out, newest first. */
export const wholeTokensView = { q: "", status: null, sort: "-created_at", page: 1 } as const;

/** Whose tokens to ask the server for: everybody's, for who may see them, or one's own. */
export function tokensScope(kind: TokensKind, canManage: boolean) {
  const types = { all: "All", service: "Service", personal: "Personal" } as const;
  return canManage
    ? ({ owner: "all", type: types[kind] } as const satisfies TokensScope)
    : ({ owner: "me", type: "Personal" } as const satisfies TokensScope);
}

/** What of them to ask for. */
export function tokensFilter({ q, status, sort, page }: Omit<TokensView, "type">) {
  const search = q.trim();
  return {
    search: search || undefined,
    ...conditions(status),
    sort,
    page,
    size: tokensPageSize,
  } satisfies TokensFilter;
}

function conditions(
  status: TokensCondition | null,
): Pick<TokensFilter, "status" | "still_called" | "never_used"> {
  if (status === "still-called") return { still_called: true };
  if (status === "never-used") return { never_used: true };
  return { status: status ?? undefined };
}

/** The view as one text: two views are the same when these are. */
export function tokensViewKey(view: TokensView): string {
  return JSON.stringify([view.type, tokensFilter(view)]);
}

/** Whether nothing narrows the list. */
export function isWhole({ q, status }: Pick<TokensView, "q" | "status">): boolean {
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
