import type { ReactNode } from "react";
import { SecurityNav } from "@/components/shell/security-nav";

/** The second navigation at the left; search and the page's one primary action at the right. */
export function SecurityToolbar({ children }: { children?: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-3">
      <SecurityNav items={items} />
      {children && <div className="flex gap-2 max-md:w-full md:min-w-90 md:justify-end">{children}</div>}
    </div>
  );
}

const items = [
  { label: "Users", href: "/settings/security/users" },
  { label: "Teams", href: "/settings/security/teams" },
];
