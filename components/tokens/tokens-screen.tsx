"use client";

import { useQuery } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { useQueryStates } from "nuqs";
import { useRef } from "react";
import { useListNews } from "@/components/lists/use-list-news";
import type { Viewer } from "@/components/security/viewer";
import { NoTokens } from "@/components/tokens/no-tokens";
import { loadGenerateDialog } from "@/components/tokens/token-dialogs";
import { TokensCounters } from "@/components/tokens/tokens-counters";
import { TokensList, type TokensPage } from "@/components/tokens/tokens-list";
import { TokensToolbar } from "@/components/tokens/tokens-toolbar";
import {
  type TokensKind,
  type TokensView,
  tokenKinds,
  tokensFilter,
  tokensOrder,
  tokensScope,
  tokensViewKey,
  tokensViewParsers,
  wholeTokensView,
} from "@/components/tokens/tokens-view";
import { useTokenDialog } from "@/components/tokens/use-token-dialog";
import { Button } from "@/components/ui/button";
import { tokensQuery } from "@/lib/tokens/hooks";

interface TokensScreenProps {
  /** What the server found, for which view, and when. */
  first: { tokens: TokensPage; view: TokensView; fetchedAt: number };
  viewer: Viewer;
}

/** Tokens: which of them, what wants attention, and the list. */
export function TokensScreen({ first, viewer }: TokensScreenProps) {
  const [{ type }] = useQueryStates(tokensViewParsers);
  const kind = viewer.canManage ? type : "personal";

  // Each kind starts anew: the rows of one never stand in for those of the other.
  return <TokensOfKind key={kind} kind={kind} first={first} viewer={viewer} />;
}

function TokensOfKind({ first, kind, viewer }: TokensScreenProps & { kind: TokensKind }) {
  const [asked, setView] = useQueryStates(tokensViewParsers, { history: "push" });
  const dialog = useTokenDialog();
  const button = useRef<HTMLButtonElement>(null);
  const view = { ...asked, type: kind };
  const viewKey = tokensViewKey(view);
  const scope = tokensScope(kind, viewer.canManage);
  const query = useQuery({
    ...tokensQuery(scope, tokensFilter(view)),
    initialData: viewKey === tokensViewKey(first.view) ? first.tokens : undefined,
    initialDataUpdatedAt: first.fetchedAt,
  });
  useListNews(query, { names: ["token", "tokens"], view: viewKey, order: tokensOrder[view.sort] });

  return (
    <div className="flex flex-col gap-4">
      <TokensToolbar
        view={view}
        kinds={viewer.canManage ? tokenKinds : []}
        onChange={(change) => setView({ ...change, page: 1 })}
        onSearch={(q) => setView({ q, page: 1 }, { history: "replace" })}
      >
        <Button
          ref={button}
          variant="primary"
          icon={<KeyRound />}
          className="shrink-0"
          onPointerEnter={() => void loadGenerateDialog()}
          onFocus={() => void loadGenerateDialog()}
          onClick={() => dialog.show({ act: "generate" })}
        >
          Generate Token
        </Button>
      </TokensToolbar>
      <TokensCounters
        scope={scope}
        current={view.status}
        onChange={(status) => setView({ status, page: 1 })}
      />
      <TokensList
        caption={viewer.canManage ? captions[kind] : "Your personal tokens"}
        scope={scope}
        query={query}
        view={view}
        viewKey={viewKey}
        viewer={viewer}
        dialog={dialog}
        button={button}
        onSort={(sort) => setView({ sort, page: 1 })}
        onPage={(page) => setView({ page })}
        onShowAll={() => {
          void setView(wholeTokensView);
          return tokensViewKey({ ...wholeTokensView, type: kind });
        }}
        invitation={<NoTokens kind={kind} canManage={viewer.canManage} />}
      />
    </div>
  );
}

const captions: Record<TokensKind, string> = {
  all: "All tokens",
  service: "Service tokens",
  personal: "Personal tokens",
};
