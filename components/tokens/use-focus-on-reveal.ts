"use client";

import { useLayoutEffect, useRef } from "react";

/**
 * For a dialog's title: it takes focus when the token is revealed, before the browser notices that the button which had
 * it is gone, or the dialog would send it elsewhere.
 */
export function useFocusOnReveal(shown: boolean) {
  const titleRef = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    if (shown) titleRef.current?.focus();
  }, [shown]);
  return titleRef;
}
