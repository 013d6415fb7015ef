import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { PageHeading } from "@/components/shell/page-heading";
import { SettingsTabs } from "@/components/shell/settings-tabs";
import { TokensScreen } from "@/components/tokens/tokens-screen";
import {
  loadTokensView,
  type TokensKind,
  tokensAddress,
  tokensFilter,
  tokensScope,
} from "@/components/tokens/tokens-view";
import { requirePagePrincipal } from "@/lib/access/page-principal";
import { hasPermission } from "@/lib/access/permissions";
import { findTokens } from "@/lib/tokens/find-tokens";

export const metadata: Metadata = { title: "Tokens" };

/** Every token one may see, with its state. */
export default async function TokensPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const asked = await loadTokensView(searchParams);
  const principal = await requirePagePrincipal(tokensAddress(asked));
  const canManage = hasPermission(principal, "tokens:manage");
  const type: TokensKind = canManage ? asked.type : "personal";
  const view = { ...asked, type };
  const tokens = await findTokens(principal, { ...tokensScope(type, canManage), ...tokensFilter(view) });

  return (
    <>
      <PageHeading>Tokens</PageHeading>
      <div className="mt-4">
        <SettingsTabs security={hasPermission(principal, "users:read")} />
      </div>
      <div className="mt-5">
        <TokensScreen
          first={{ tokens, view, fetchedAt: Date.now() }}
          viewer={{ id: principal.user.id ?? 0, canManage }}
        />
      </div>
    </>
  );
}
