"use client";

import { Settings } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { AccountMenu } from "@/components/shell/account-menu";
import { Logo } from "@/components/ui/logo";
import { SkipLink } from "@/components/ui/skip-link";

interface AppShellProps {
  /** Who is signed in. */
  name: string;
  onSignOut: () => void;
  onSignOutEverywhere: () => void;
  /** The page: a `PageHeading` first, then tabs, filters and content. */
  children: ReactNode;
}

/** The frame of every page behind the sign-in: a rail at the left, which is a bar at the top under 720 px. */
export function AppShell({ name, onSignOut, onSignOutEverywhere, children }: AppShellProps) {
  return (
    <>
      <SkipLink />
      <div className="md:grid md:min-h-dvh md:grid-cols-[13.75rem_minmax(0,1fr)]">
        <header className="flex items-center gap-2 border-line max-md:border-b max-md:px-4 max-md:py-1.5 md:sticky md:top-0 md:h-dvh md:flex-col md:items-stretch md:gap-6 md:overflow-y-auto md:border-r md:px-3 md:py-5">
          <Link href="/settings/connections" className="w-fit rounded-badge md:mx-2">
            <Logo />
          </Link>
          <nav aria-label="Main" className="flex-1 max-md:flex max-md:justify-end">
            <SettingsLink />
          </nav>
          <AccountMenu name={name} onSignOut={onSignOut} onSignOutEverywhere={onSignOutEverywhere} />
        </header>
        <main id="main" tabIndex={-1} className="w-full max-w-content px-10 py-7 max-md:px-4 max-md:py-5">
          {children}
        </main>
      </div>
    </>
  );
}

function SettingsLink() {
  const inside = usePathname().startsWith("/settings");

  return (
    <Link
      href="/settings/connections"
      // Not "page": inside the settings that is said of the tab.
      aria-current={inside ? "true" : undefined}
      className="flex min-h-8 items-center gap-2 rounded-control px-2 text-ink2 hover:bg-hover hover:text-ink aria-[current]:bg-selected aria-[current]:font-semibold aria-[current]:text-ink max-md:min-h-11"
    >
      <Settings />
      Settings
    </Link>
  );
}
