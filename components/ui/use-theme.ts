"use client";

import { useSyncExternalStore } from "react";
import { parseTheme, type Theme, themeCookie } from "@/components/ui/theme";

/** The chosen theme and how to choose another; it takes effect at once and is kept for a year. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  const theme = useSyncExternalStore(
    subscribe,
    () => parseTheme(document.documentElement.dataset.theme),
    () => "system" as const,
  );
  return [theme, choose];
}

function choose(theme: Theme) {
  const secure = window.location.protocol === "https:" ? "; Secure" : "";
  const age = theme === "system" ? 0 : 365 * 24 * 60 * 60;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API isn't there on plain http.
  document.cookie = `${themeCookie}=${theme}; Path=/; Max-Age=${age}; SameSite=Lax${secure}`;

  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  for (const listener of listeners) listener();
}

const listeners = new Set<() => void>();

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
