import type { ReactNode } from "react";
import { SecurityAccessProvider } from "@/components/security/security-access";
import { findPagePrincipal } from "@/lib/access/page-principal";
import { hasPermission } from "@/lib/access/permissions";

export default async function SecurityLayout({ children }: { children: ReactNode }) {
  const principal = await findPagePrincipal();

  return (
    <SecurityAccessProvider audit={principal !== undefined && hasPermission(principal, "audit:read")}>
      {children}
    </SecurityAccessProvider>
  );
}
