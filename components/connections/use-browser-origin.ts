import { useSyncExternalStore } from "react";

/**
 * The origin in the address bar: behind a proxy that Latchkey doesn't trust, only the browser knows it.
 * @param seen what the server saw, until the browser takes over
 */
export function useBrowserOrigin(seen: string): string {
  return useSyncExternalStore(
    () => () => undefined,
    () => window.location.origin,
    () => seen,
  );
}
