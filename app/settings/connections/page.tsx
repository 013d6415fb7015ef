import type { Metadata } from "next";
import { AddressBanners } from "@/components/connections/address-banners";
import { ApiSection } from "@/components/connections/api-section";
import { ChecksSection } from "@/components/connections/checks-section";
import { EndpointsSection } from "@/components/connections/endpoints-section";
import { PageHeading } from "@/components/shell/page-heading";
import { SettingsTabs } from "@/components/shell/settings-tabs";
import { requirePagePrincipal } from "@/lib/access/page-principal";
import { hasPermission } from "@/lib/access/permissions";
import { findPageAddress } from "@/lib/http/page-address";
import { checkConnections } from "@/lib/status/check-connections";

export const metadata: Metadata = { title: "Connections" };

/** How other systems reach this instance. */
export default async function ConnectionsPage() {
  const principal = await requirePagePrincipal("/settings/connections");
  const address = await findPageAddress();
  const checks = hasPermission(principal, "connections:check")
    ? await checkConnections(principal)
    : undefined;
  const apiBaseUrl = `${principal.request.baseUrl}/api`;

  return (
    <>
      <PageHeading>Connections</PageHeading>
      <div className="mt-4">
        <SettingsTabs security={hasPermission(principal, "users:read")} />
      </div>
      <div className="mt-6 flex max-w-[56rem] flex-col gap-8">
        <AddressBanners address={address} />
        <EndpointsSection apiBaseUrl={apiBaseUrl} />
        {checks && <ChecksSection initial={checks} address={address} />}
        <ApiSection apiBaseUrl={apiBaseUrl} />
      </div>
    </>
  );
}
