"use client";

import { useEffect, useRef } from "react";

/**
 * While `active`: the browser asks before the document goes, and Back asks through `onBack` instead of leaving. To that
 * end one entry is put on top of the history, marked as ours; it is taken off again when nothing is to be lost.
 */
export function useUnsavedGuard(active: boolean, onBack: () => void) {
  const latest = useRef(onBack);
  useEffect(() => {
    latest.current = onBack;
  });

  useEffect(() => {
    if (!active) return;
    window.history.pushState({ [mark]: true }, "");

    const beforeUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    const popState = (event: PopStateEvent) => {
      if (isMarked(event.state)) return;
      // To the marked entry again, rather than to a new one: browsers skip entries made without a gesture.
      window.history.forward();
      latest.current();
    };
    window.addEventListener("beforeunload", beforeUnload);
    window.addEventListener("popstate", popState);
    return () => {
      window.removeEventListener("beforeunload", beforeUnload);
      window.removeEventListener("popstate", popState);
      if (isMarked(window.history.state)) window.history.back();
    };
  }, [active]);
}

const mark = "latchkeyUnsaved";

function isMarked(state: unknown): boolean {
  return typeof state === "object" && state !== null && mark in state;
}
