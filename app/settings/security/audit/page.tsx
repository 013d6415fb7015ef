import type { Metadata } from "next";
import { forbidden, redirect } from "next/navigation";
import type { SearchParams } from "nuqs/server";
import { Suspense } from "react";
import { AuditScreen } from "@/components/audit/audit-screen";
import {
  type AuditView,
  auditAddress,
  auditColumns,
  auditFilter,
  auditPage,
  loadAuditView,
} from "@/components/audit/audit-view";
import { ListLoading } from "@/components/lists/list-loading";
import { SecurityPage } from "@/components/security/security-page";
import { SecurityToolbar } from "@/components/security/security-toolbar";
import { requirePagePrincipal } from "@/lib/access/page-principal";
import { hasPermission } from "@/lib/access/permissions";
import type { Principal } from "@/lib/access/principal";
import { findEvents } from "@/lib/audit/find-events";
import { Problem } from "@/lib/errors";

export const metadata: Metadata = { title: "Audit · Security" };

interface AuditPageProps {
  searchParams: Promise<SearchParams>;
}

export default async function AuditPage({ searchParams }: AuditPageProps) {
  const view = await loadAuditView(searchParams);
  const principal = await requirePagePrincipal(auditAddress(view));
  if (!hasPermission(principal, "audit:read")) forbidden();

  return (
    <SecurityPage title="Audit">
      {/* Beneath the check: what has begun to stream is a 200. */}
      <Suspense fallback={<Loading />}>
        <FoundEntries principal={principal} view={view} />
      </Suspense>
    </SecurityPage>
  );
}

async function FoundEntries({ principal, view }: { principal: Principal; view: AuditView }) {
  const { size, cursor } = auditPage(view);
  const page = await findEvents(principal, auditFilter(view), { size, cursor }).catch((error: unknown) => {
    if (error instanceof Problem && error.code === "invalid_input") return undefined;
    throw error;
  });
  // A cursor of another filter, or altered: as with every wrong value in an address, it is left out.
  if (!page) redirect(auditAddress({ ...view, cursor: null }));

  return <AuditScreen first={{ page, view, fetchedAt: Date.now() }} />;
}

function Loading() {
  return (
    <>
      <SecurityToolbar />
      <ListLoading caption="Audit entries" columns={auditColumns} />
    </>
  );
}
