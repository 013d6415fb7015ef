"use client";

import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { useRef } from "react";
import { LoadFault } from "@/components/shell/load-fault";
import { TokensEmpty } from "@/components/tokens/tokens-empty";
import { filterOf, type TokenView, tokensPageSize, tokensSearch } from "@/components/tokens/tokens-search";
import { TokensTable } from "@/components/tokens/tokens-table";
import { TokensToolbar } from "@/components/tokens/tokens-toolbar";
import { useListAnnouncement } from "@/components/tokens/use-list-announcement";
import { Pagination } from "@/components/ui/pagination";
import { personalTokensQuery, serviceTokensQuery } from "@/lib/tokens/hooks";

/** Where the tokens list stands is in the address; the page is fetched from there. */
export function TokensScreen({ views }: { views: readonly TokenView[] }) {
  const [{ type }] = useQueryStates(tokensSearch);
  const view = views.includes(type) ? type : "personal";

  // Each view starts anew: the rows of one never stand in for those of the other.
  return <TokensList key={view} view={view} views={views} />;
}

function TokensList({ view, views }: { view: TokenView; views: readonly TokenView[] }) {
  const [search, setSearch] = useQueryStates(tokensSearch);
  const filter = filterOf(search);
  const tokens = useQuery(view === "service" ? serviceTokensQuery(filter) : personalTokensQuery(filter));
  const heading = useRef<HTMLHeadingElement>(null);
  useListAnnouncement(tokens, search.sort);

  const narrowed = Boolean(search.q.trim() || search.status);
  const clear = () => setSearch({ q: null, status: null, page: null }, { history: "push" });
  const none = tokens.data?.total === 0 && !tokens.isPlaceholderData;

  return (
    <div className="flex flex-col gap-4">
      <TokensToolbar view={view} views={views} search={search} onSearch={setSearch} />
      {tokens.isError && (
        <LoadFault
          title={
            tokens.data
              ? "The tokens could not be loaded anew; below is what was loaded before."
              : "The tokens could not be loaded."
          }
          error={tokens.error}
          onRetry={() => tokens.refetch()}
          retrying={tokens.isFetching}
        />
      )}
      {none ? (
        <TokensEmpty view={view} search={narrowed ? search.q.trim() : undefined} onClear={clear} />
      ) : (
        (tokens.data || tokens.isPending) && (
          <TokensTable
            caption={view === "service" ? "Service tokens" : "Your personal tokens"}
            headingRef={heading}
            tokens={tokens.data?.items}
            refreshing={tokens.isFetching && !tokens.isPending}
            sort={search.sort}
            onSort={(sort) => setSearch({ sort, page: null }, { history: "push" })}
          />
        )
      )}
      {tokens.data && !none && (
        <Pagination
          what="tokens"
          page={tokens.data.page}
          size={tokensPageSize}
          total={tokens.data.total}
          onPageChange={(page) => {
            setSearch({ page }, { history: "push" });
            heading.current?.focus();
          }}
        />
      )}
    </div>
  );
}
