"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { classNames } from "@/components/ui/class-names";

interface SettingsTabsProps {
  /** False for a role that can never open it. */
  security: boolean;
}

/** The three parts of the settings, as links. */
export function SettingsTabs({ security }: SettingsTabsProps) {
  const pathname = usePathname();

  return (
    <nav aria-label="Settings" className="border-line border-b">
      <ul className="flex gap-5">
        {tabs
          .filter((tab) => security || tab.within !== securityRoutes)
          .map((tab) => {
            const current = pathname === tab.within || pathname.startsWith(`${tab.within}/`);
            return (
              <li key={tab.href}>
                <Link
                  href={tab.href}
                  aria-current={current ? "page" : undefined}
                  className={classNames(
                    "-mb-px flex min-h-10 items-center max-md:min-h-11",
                    // No transparent border for the others: forced colours would draw it, over the line beneath.
                    current
                      ? "border-accent border-b-2 pb-px font-semibold text-ink"
                      : "pb-0.75 text-ink2 hover:text-ink",
                  )}
                >
                  {tab.label}
                </Link>
              </li>
            );
          })}
      </ul>
    </nav>
  );
}

const securityRoutes = "/settings/security";

const tabs = [
  { label: "Connections", href: "/settings/connections", within: "/settings/connections" },
  { label: "Tokens", href: "/settings/tokens", within: "/settings/tokens" },
  { label: "Security", href: "/settings/security/users", within: securityRoutes },
];
