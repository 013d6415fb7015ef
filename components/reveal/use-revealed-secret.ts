"use client";

import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { useUnsavedGuard } from "@/components/reveal/use-unsaved-guard";

/** How the person has kept the secret; the last way, if they used both. */
export type Saved = "copied" | "downloaded";

/**
 * Holds a new secret for as long as it is shown, here and nowhere else: no cache, form, address or storage has it. It is
 * forgotten when its owner closes or leaves the document, for the browser's page cache too; until it has been saved,
 * every way out asks first.
 * @param onClose called once the secret is forgotten
 */
export function useRevealedSecret<Secret>(onClose: () => void) {
  const [secret, setSecret] = useState<Secret | null>(null);
  const [saved, setSaved] = useState<Saved | null>(null);
  const [asking, setAsking] = useState(false);
  const titleRef = useRef<HTMLHeadingElement>(null);
  const shown = secret !== null;

  // Before the browser notices that the button which had focus is gone, or the dialog would send it elsewhere.
  useLayoutEffect(() => {
    if (shown) titleRef.current?.focus();
  }, [shown]);

  const close = () => {
    setSecret(null);
    setSaved(null);
    setAsking(false);
    onClose();
  };

  useUnsavedGuard(shown && saved === null, () => setAsking(true));
  useForgetOnExit(shown, close, () => setSecret(null));

  return {
    secret,
    /** For the dialog's title, which has focus once the secret is there. */
    titleRef,
    saved,
    reveal: (created: Secret) => setSecret(created),
    setSaved,
    /** Closes, or asks first while the secret isn't saved. */
    requestClose: () => (saved ? close() : setAsking(true)),
    /** For the question. */
    question: { open: asking, onOpenChange: setAsking, onConfirm: close },
  };
}

/** What a reveal has to know of it, whatever the secret. */
export type Revealed = Omit<ReturnType<typeof useRevealedSecret<unknown>>, "secret" | "titleRef" | "reveal">;

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
