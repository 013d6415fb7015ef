"use client";

import { useEffect, useEffectEvent } from "react";

/**
 * Takes the one-time code out of the page's address (`#code=…`), where it must not stay: neither in the history nor
 * on a screen that is shared. It is told null when there is none.
 */
export function useLinkCode(onCode: (code: string | null) => void) {
  const found = useEffectEvent(onCode);

  useEffect(() => {
    const take = () => {
      const code = new URLSearchParams(window.location.hash.slice(1)).get("code");
      if (!code) return;
      window.history.replaceState(
        window.history.state,
        "",
        window.location.pathname + window.location.search,
      );
      found(code);
    };
    take();
    // The link may be opened in a tab that shows this page already.
    window.addEventListener("hashchange", take);
    return () => window.removeEventListener("hashchange", take);
  }, []);
}

function addressWithoutFragment(): string {
  return window.location.pathname + window.location.search;
}
