"use client";

import { useEffect, useRef } from "react";
import { useAnnounce } from "@/components/ui/announcer";

/**
 * Tells a list's news to those who don't see them: after a change of view, that it is loading (when that takes more
 * than a second) and what came of it. What is there at first isn't announced.
 * @param view what narrows, orders and pages the list, as one text
 * @param message "12 users, newest first"; absent while it is being fetched
 */
export function useAnnounceList(what: string, view: string, message: string | undefined) {
  const announce = useAnnounce();
  const told = useRef(view);
  const loading = message === undefined;

  useEffect(() => {
    if (!loading) return;
    const timer = setTimeout(() => announce(`Loading ${what}`), patienceMs);
    return () => clearTimeout(timer);
  }, [loading, what, announce]);

  useEffect(() => {
    if (message === undefined || told.current === view) return;
    told.current = view;
    announce(message);
  }, [view, message, announce]);
}

const patienceMs = 1_000;
