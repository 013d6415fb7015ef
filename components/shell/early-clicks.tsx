"use client";

import { useEffect } from "react";

declare global {
  interface Window {
    /** Ends the keeping, and itself; answers what was kept, in order. */
    latchkeyEarlyClicks?: () => HTMLElement[];
  }
}

/**
 * Keeps what is clicked on a page whose code doesn't run yet, and does it once it does: on a slow line or machine a page
 * is seen long before. Enter in a form counts: it clicks the button. Links need no keeping: they lead on by themselves.
 * Belongs before all that can be clicked.
 */
export function EarlyClicks({ nonce }: { nonce: string | undefined }) {
  useEffect(() => {
    const kept = window.latchkeyEarlyClicks?.() ?? [];
    const repeat = () => {
      for (const control of kept) if (control.isConnected) control.click();
    };
    // Parts of the page that came later may still wait for their code until it is loaded. And never within an effect:
    // there React can't take such a part over on the spot, and would let the click go.
    if (document.readyState === "complete") setTimeout(repeat);
    else window.addEventListener("load", repeat, { once: true });
  }, []);

  return (
    <script
      nonce={nonce}
      // The browser hides a nonce from scripts, this one's own too.
      suppressHydrationWarning
      // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant, and no text of a script may be escaped.
      dangerouslySetInnerHTML={{ __html: keepClicks }}
    />
  );
}

/**
 * Runs while the page is still being read. A press on a button counts once, however often it is repeated; a box that is
 * ticked twice is as it was.
 */
const keepClicks = `(() => {
  const kept = new Set();
  const keep = (event) => {
    const control = event.target.closest?.("button, input[type=checkbox], input[type=radio]");
    if (!control) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (control.type === "checkbox" && kept.delete(control)) return;
    kept.add(control);
  };
  addEventListener("click", keep, true);
  window.latchkeyEarlyClicks = () => {
    removeEventListener("click", keep, true);
    delete window.latchkeyEarlyClicks;
    return [...kept];
  };
})()`;
