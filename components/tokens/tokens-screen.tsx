"use client";

import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { ListFrame } from "@/components/lists/list-frame";
import { useListNews } from "@/components/lists/use-list-news";
import { NoTokens } from "@/components/tokens/no-tokens";
import { TokensTable } from "@/components/tokens/tokens-table";
import { TokensToolbar } from "@/components/tokens/tokens-toolbar";
import {
  isWhole,
  type TokensKind,
  type TokensView,
  tokensColumns,
  tokensFilter,
  tokensOrder,
  tokensPageSize,
  tokensViewKey,
  tokensViewParsers,
  wholeTokensView,
} from "@/components/tokens/tokens-view";
import type { Output } from "@/lib/http/endpoint";
import type { listServiceTokens } from "@/lib/tokens/contract";
import { personalTokensQuery, serviceTokensQuery } from "@/lib/tokens/hooks";

interface TokensScreenProps {
  /** What the server found, for which view, and when. */
  first: { tokens: Output<typeof listServiceTokens.answer>; view: TokensView; fetchedAt: number };
  /** The kinds that one may see, the first unless told otherwise. */
  kinds: readonly TokensKind[];
}

/** Tokens: whose, what narrows the list, and the list. */
export function TokensScreen({ first, kinds }: TokensScreenProps) {
  const [{ type }] = useQueryStates(tokensViewParsers);
  const kind = kinds.includes(type) ? type : "personal";

  // Each kind starts anew: the rows of one never stand in for those of the other.
  return <TokensOfKind key={kind} kind={kind} kinds={kinds} first={first} />;
}

function TokensOfKind({ first, kind, kinds }: TokensScreenProps & { kind: TokensKind }) {
  const [asked, setView] = useQueryStates(tokensViewParsers, { history: "push" });
  const view = { ...asked, type: kind };
  const viewKey = tokensViewKey(view);
  const query = useQuery({
    ...queryOf[kind](tokensFilter(view)),
    initialData: viewKey === tokensViewKey(first.view) ? first.tokens : undefined,
    initialDataUpdatedAt: first.fetchedAt,
  });
  useListNews(query, { names: ["token", "tokens"], view: viewKey, order: tokensOrder[view.sort] });
  const hasNone = isWhole(view) && query.data?.total === 0 && !query.isPlaceholderData;

  return (
    <div className="flex flex-col gap-4">
      <TokensToolbar
        view={view}
        kinds={kinds}
        onChange={(change) => setView({ ...change, page: 1 })}
        onSearch={(q) => setView({ q, page: 1 }, { history: "replace" })}
      />
      <ListFrame
        what="tokens"
        caption={captions[kind]}
        columns={tokensColumns}
        query={query}
        view={view}
        pageSize={tokensPageSize}
        onPage={(page) => setView({ page })}
        onShowAll={() => setView(wholeTokensView)}
        invitation={hasNone && <NoTokens kind={kind} />}
      >
        {(table) => (
          <TokensTable
            {...table}
            caption={captions[kind]}
            sort={view.sort}
            onSort={(sort) => setView({ sort, page: 1 })}
          />
        )}
      </ListFrame>
    </div>
  );
}

const queryOf = { service: serviceTokensQuery, personal: personalTokensQuery };

const captions: Record<TokensKind, string> = {
  service: "Service tokens",
  personal: "Your personal tokens",
};
