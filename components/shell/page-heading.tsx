"use client";

import { usePathname } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";

interface PageHeadingProps {
  children: ReactNode;
  /** What kind of thing it is about, beside it. */
  badges?: ReactNode;
  /** The page's one primary action, at the right. */
  action?: ReactNode;
}

/** The h1 of a page. It takes focus when one arrives by a link inside the app, not on the first load. */
export function PageHeading({ children, badges, action }: PageHeadingProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const pathname = usePathname();

  useEffect(() => {
    if (lastPathname !== null && lastPathname !== pathname) heading.current?.focus();
    lastPathname = pathname;
  }, [pathname]);

  return (
    <div className="flex items-center justify-between gap-3 max-md:flex-wrap">
      <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
        <h1 ref={heading} tabIndex={-1} className="text-title wrap-anywhere">
          {children}
        </h1>
        {badges}
      </div>
      {action && <div className="shrink-0">{action}</div>}
    </div>
  );
}

/** Outlives the pages, as long as the document does: `null` means that nothing has been shown yet. */
let lastPathname: string | null = null;
