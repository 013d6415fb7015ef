"use client";

import { useEffect, useState } from "react";
import { flushSync } from "react-dom";
import { useUnsavedGuard } from "@/components/tokens/use-unsaved-guard";
import type { CreatedToken } from "@/lib/tokens/contract";

/** How the person has kept the token; the last way, if they used both. */
export type Saved = "copied" | "downloaded";

/**
 * Holds a new token for as long as it is shown, here and nowhere else: no cache, form, address or storage has it. It is
 * forgotten when its owner closes or leaves the document, for the browser's page cache too; until it has been saved,
 * every way out asks first.
 * @param onClose called once the token is forgotten
 */
export function useRevealedToken(onClose: () => void) {
  const [token, setToken] = useState<CreatedToken | null>(null);
  const [saved, setSaved] = useState<Saved | null>(null);
  const [asking, setAsking] = useState(false);

  const close = () => {
    setToken(null);
    setSaved(null);
    setAsking(false);
    onClose();
  };

  useUnsavedGuard(token !== null && saved === null, () => setAsking(true));
  useForgetOnExit(token !== null, close, () => setToken(null));

  return {
    token,
    saved,
    reveal: setToken,
    setSaved,
    /** Closes, or asks first while the token isn't saved. */
    requestClose: () => (saved ? close() : setAsking(true)),
    /** For the question. */
    question: { open: asking, onOpenChange: setAsking, onConfirm: close },
  };
}

export type RevealedToken = ReturnType<typeof useRevealedToken>;

function useForgetOnExit(shown: boolean, close: () => void, forget: () => void) {
  useEffect(() => {
    if (!shown) return;
    // At once: the browser may keep the document as it is at the end of this event.
    const leave = () => flushSync(close);
    window.addEventListener("pagehide", leave);
    return () => window.removeEventListener("pagehide", leave);
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: at the very end, or when the router hides the page.
  useEffect(() => forget, []);
}
