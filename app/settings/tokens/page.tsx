import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { PageHeading } from "@/components/shell/page-heading";
import { SettingsTabs } from "@/components/shell/settings-tabs";
import { TokensScreen } from "@/components/tokens/tokens-screen";
import {
  filterOf,
  loadTokensSearch,
  type TokenView,
  tokenViews,
  withTokensSearch,
} from "@/components/tokens/tokens-search";
import { requirePagePrincipal } from "@/lib/access/page-principal";
import { hasPermission } from "@/lib/access/permissions";
import { findPersonalTokens, findServiceTokens } from "@/lib/tokens/find-tokens";
import { personalTokensQuery, serviceTokensQuery } from "@/lib/tokens/hooks";

export const metadata: Metadata = { title: "Tokens" };

/** Every token one may see, with its state. */
export default async function TokensPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const search = await loadTokensSearch(searchParams);
  const principal = await requirePagePrincipal(withTokensSearch("/settings/tokens", search));
  const views: readonly TokenView[] = hasPermission(principal, "tokens:manage") ? tokenViews : ["personal"];
  const filter = filterOf(search);

  const client = new QueryClient();
  if (search.type === "service" && views.includes("service"))
    client.setQueryData(serviceTokensQuery(filter).queryKey, await findServiceTokens(principal, filter));
  else
    client.setQueryData(
      personalTokensQuery(filter).queryKey,
      await findPersonalTokens(principal, { ...filter, owner: "me" }),
    );

  return (
    <>
      <PageHeading>Tokens</PageHeading>
      <div className="mt-4">
        <SettingsTabs security={hasPermission(principal, "users:read")} />
      </div>
      <div className="mt-5">
        <HydrationBoundary state={dehydrate(client)}>
          <TokensScreen views={views} />
        </HydrationBoundary>
      </div>
    </>
  );
}
