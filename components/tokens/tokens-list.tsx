"use client";

import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { type ReactNode, type RefObject, useRef } from "react";
import { CreatedHidden } from "@/components/creation/created-hidden";
import { useCreatedRow } from "@/components/creation/use-created-row";
import { ListFrame } from "@/components/lists/list-frame";
import { settledIds } from "@/components/lists/use-list-news";
import { useSelection } from "@/components/lists/use-selection";
import type { Viewer } from "@/components/security/viewer";
import { BulkBar } from "@/components/tokens/bulk-bar";
import { Rotations } from "@/components/tokens/rotations";
import { TokenDialogs } from "@/components/tokens/token-dialogs";
import type { UsageByToken } from "@/components/tokens/token-last-use";
import { TokensTable } from "@/components/tokens/tokens-table";
import { isWhole, type TokensView, tokensColumns, tokensPageSize } from "@/components/tokens/tokens-view";
import { useRestore } from "@/components/tokens/use-restore";
import type { TokenDialog } from "@/components/tokens/use-token-dialog";
import type { Output } from "@/lib/http/endpoint";
import { usageOfTokensQuery } from "@/lib/token-usage/hooks";
import type { listTokens } from "@/lib/tokens/contract";
import type { TokensScope } from "@/lib/tokens/hooks";

export type TokensPage = Output<typeof listTokens.answer>;

interface TokensListProps {
  caption: string;
  scope: TokensScope;
  query: UseQueryResult<TokensPage>;
  view: Omit<TokensView, "type">;
  /** The view as one text, with the scope. */
  viewKey: string;
  viewer: Viewer;
  dialog: TokenDialog;
  /** The one account that all is about, where it is. */
  account?: number;
  /** *Generate Token*: where focus goes when nothing else is there. */
  button: RefObject<HTMLElement | null>;
  onSort: (sort: TokensView["sort"]) => void;
  onPage: (page: number) => void;
  /** Takes away whatever narrows the list; `viewKey` as it then is. */
  onShowAll: () => string;
  /** Stands in for the rows where there are no tokens at all. */
  invitation: ReactNode;
}

/** Tokens with all that can be done with them: rotations under way, the table, and the dialogs. */
export function TokensList({
  caption,
  scope,
  query,
  view,
  viewKey,
  viewer,
  dialog,
  account,
  button,
  onSort,
  onPage,
  onShowAll,
  invitation,
}: TokensListProps) {
  const frame = useRef<HTMLDivElement>(null);
  const rows = query.data?.items ?? [];
  const selection = useSelection(rows);
  const restoring = useRestore();
  const usage = useUsage(rows);
  const created = useCreatedRow(viewKey, settledIds(query));
  const hasNone = isWhole(view) && query.data?.total === 0 && !query.isPlaceholderData;
  const fallbackFocus = () => frame.current?.querySelector<HTMLElement>("h2[tabindex]") ?? button.current;

  return (
    <>
      {isWhole(view) && view.page === 1 && <Rotations scope={scope} onShow={dialog.show} />}
      {created.hidden && <CreatedHidden onShow={() => created.followIn(onShowAll())} />}
      <div ref={frame} className="flex flex-col gap-4">
        <ListFrame
          what="tokens"
          caption={caption}
          columns={tokensColumns(account === undefined)}
          query={query}
          view={view}
          pageSize={tokensPageSize}
          onPage={onPage}
          onShowAll={() => void onShowAll()}
          invitation={hasNone && invitation}
        >
          {(table) => (
            <TokensTable
              {...table}
              caption={caption}
              sort={view.sort}
              onSort={onSort}
              viewer={viewer}
              ownerShown={account === undefined}
              selection={selection}
              usage={usage}
              restoring={restoring}
              onShow={dialog.show}
              created={created}
            />
          )}
        </ListFrame>
      </div>
      <BulkBar rows={rows} selection={selection} fallbackFocus={fallbackFocus} />
      <TokenDialogs
        dialog={dialog}
        viewer={viewer}
        rows={rows}
        account={account}
        onRestore={restoring.restore}
        onCreated={(id) => created.follow(id, viewKey)}
        fallbackFocus={() => button.current ?? fallbackFocus()}
      />
    </>
  );
}

function useUsage(rows: TokensPage["items"]): UsageByToken {
  const { data, error } = useQuery(usageOfTokensQuery(rows.map(({ id }) => id)));
  if (data) return new Map(data.items.map(({ id, days }) => [id, days]));
  return error ? "failed" : "loading";
}
