"use client";

import { useQuery } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { useQueryStates } from "nuqs";
import { useRef } from "react";
import { ListLoading } from "@/components/lists/list-loading";
import { useListNews } from "@/components/lists/use-list-news";
import type { Viewer } from "@/components/security/viewer";
import { LoadFault } from "@/components/shell/load-fault";
import { PageSection } from "@/components/shell/page-section";
import { loadGenerateDialog } from "@/components/tokens/token-dialogs";
import { TokensList } from "@/components/tokens/tokens-list";
import {
  tokensColumns,
  tokensFilter,
  tokensOrder,
  tokensViewParsers,
  wholeTokensView,
} from "@/components/tokens/tokens-view";
import { useTokenDialog } from "@/components/tokens/use-token-dialog";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { roleAllows } from "@/lib/access/permissions";
import { tokensQuery } from "@/lib/tokens/hooks";
import type { User } from "@/lib/users/contract";
import { currentUserQuery, userQuery } from "@/lib/users/hooks";

/** The tokens of one account, with all that can be done with them; for the account's own page. */
export function TokensPanel({ userId }: { userId: number }) {
  const queries = [useQuery(currentUserQuery()), useQuery(userQuery(userId))] as const;
  const [{ data: me }, { data: account }] = queries;
  if (!me || !account) {
    const failed = queries.find(({ error }) => error !== null);
    return (
      // As high as the button that most accounts have here.
      <PageSection title="Tokens" action={<span className="block h-9 max-md:h-11" />}>
        {failed?.error ? (
          <LoadFault
            what="tokens"
            error={failed.error}
            shownSince={undefined}
            onRetry={() => failed.refetch()}
            retrying={failed.isFetching}
          />
        ) : (
          <ListLoading caption={caption} columns={tokensColumns(false)} />
        )}
      </PageSection>
    );
  }

  return (
    <TokensOf account={account} viewer={{ id: me.id, canManage: roleAllows(me.role, "tokens:manage") }} />
  );
}

const caption = "Tokens";

function TokensOf({ account, viewer }: { account: User; viewer: Viewer }) {
  // The account's page has other lists, with pages and orders of their own.
  const [asked, setView] = useQueryStates(
    { sort: tokensViewParsers.sort, page: tokensViewParsers.page },
    { history: "push", urlKeys: { sort: "tokens_sort", page: "tokens_page" } },
  );
  const dialog = useTokenDialog();
  const button = useRef<HTMLButtonElement>(null);
  const view = { ...wholeTokensView, ...asked };
  const scope = { owner: viewer.canManage ? "all" : "me", type: "All", user_id: account.id } as const;
  const query = useQuery(tokensQuery(scope, tokensFilter(view)));
  const viewKey = JSON.stringify([scope, tokensFilter(view)]);
  useListNews(query, { names: ["token", "tokens"], view: viewKey, order: tokensOrder[view.sort] });
  const mayGenerate =
    account.active && (account.user_type === "Service" ? viewer.canManage : account.id === viewer.id);

  return (
    <PageSection
      title="Tokens"
      action={
        mayGenerate && (
          <Button
            ref={button}
            icon={<KeyRound />}
            onPointerEnter={() => void loadGenerateDialog()}
            onFocus={() => void loadGenerateDialog()}
            onClick={() => dialog.show({ act: "generate" })}
          >
            Generate Token
          </Button>
        )
      }
    >
      <div className="flex flex-col gap-3">
        <TokensList
          caption={caption}
          scope={scope}
          query={query}
          view={view}
          viewKey={viewKey}
          viewer={viewer}
          dialog={dialog}
          account={account.id}
          button={button}
          onSort={(sort) => setView({ sort, page: 1 })}
          onPage={(page) => setView({ page })}
          onShowAll={() => {
            void setView({ page: 1 });
            return JSON.stringify([scope, tokensFilter({ ...view, page: 1 })]);
          }}
          invitation={<EmptyState title="No tokens yet">{account.name} holds no tokens.</EmptyState>}
        />
      </div>
    </PageSection>
  );
}
