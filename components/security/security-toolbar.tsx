"use client";

import type { ReactNode } from "react";
import { useSecurityAccess } from "@/components/security/security-access";
import { SecurityNav } from "@/components/shell/security-nav";

/** The second navigation at the left; search and the page's one primary action at the right. */
export function SecurityToolbar({ children }: { children?: ReactNode }) {
  const { audit } = useSecurityAccess();

  return (
    <div className="flex flex-wrap items-center justify-between gap-3">
      <SecurityNav items={audit ? [...items, auditItem] : items} />
      {children && <div className="flex gap-2 max-md:w-full md:min-w-90 md:justify-end">{children}</div>}
    </div>
  );
}

const items = [
  { label: "Users", href: "/settings/security/users" },
  { label: "Teams", href: "/settings/security/teams" },
];
const auditItem = { label: "Audit", href: "/settings/security/audit" };
