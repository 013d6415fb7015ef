import { useSyncExternalStore } from "react";

/** False in what the server sends, and until this page's code has taken it over. */
export function useIsHydrated(): boolean {
  return useSyncExternalStore(
    neverChanges,
    () => true,
    () => false,
  );
}

const neverChanges = () => () => {};
