"use client";

import { useEffect, useEffectEvent, useRef } from "react";

/**
 * Takes the one-time code out of the page's address (`#code=…`), where it must not stay: neither in the history nor
 * on a screen that is shared. `onCode` is told null when the page was opened without one.
 */
export function useLinkCode(onCode: (code: string | null) => void) {
  const taken = useRef(false);
  const tell = useEffectEvent(onCode);

  useEffect(() => {
    const take = () => {
      const code = new URLSearchParams(window.location.hash.slice(1)).get("code");
      // What was taken before is no longer in the address.
      if (!code && taken.current) return;
      if (code) window.history.replaceState(window.history.state, "", addressWithoutFragment());
      taken.current ||= Boolean(code);
      tell(code);
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
