"use client";

import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from "react";

export type Politeness = "polite" | "assertive";
export type Announce = (message: string, politeness?: Politeness) => void;

/**
 * The one pair of live regions of the app, there from the first render. The explicit `aria-live` matters: without it, a
 * modal dialog elsewhere silences them.
 */
export function Announcer({ children }: { children: ReactNode }) {
  const [said, setSaid] = useState<Announcement>({ count: 0, message: "", politeness: "polite" });

  const announce = useCallback<Announce>((message, politeness = "polite") => {
    setSaid(({ count }) => ({ count: count + 1, message, politeness }));
  }, []);

  useEffect(() => {
    if (!said.message) return;
    const timer = setTimeout(() => setSaid({ ...said, message: "" }), readableFor);
    return () => clearTimeout(timer);
  }, [said]);

  return (
    <AnnounceContext value={announce}>
      {children}
      <LiveRegion politeness="polite" said={said} />
      <LiveRegion politeness="assertive" said={said} />
    </AnnounceContext>
  );
}

/** Says a message to assistive technology, once; a repeated one is said again. Never pass a secret. */
export function useAnnounce(): Announce {
  return useContext(AnnounceContext);
}

interface Announcement {
  count: number;
  message: string;
  politeness: Politeness;
}

/** Afterwards it is gone, so that nobody reading the page comes across old news. */
const readableFor = 10_000;

const AnnounceContext = createContext<Announce>(() => undefined);

function LiveRegion({ politeness, said }: { politeness: Politeness; said: Announcement }) {
  return (
    <div aria-live={politeness} aria-atomic="true" className="sr-only" data-announcer={politeness}>
      {/* A new node for each message: the same words twice are two announcements. */}
      {said.politeness === politeness && <p key={said.count}>{said.message}</p>}
    </div>
  );
}
