"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

/** The cache of fetched data, one per visit. Reads are retried on passing faults; writes never by themselves. */
export function QueryProvider({ children }: { children: ReactNode }) {
  const [client] = useState(createQueryClient);
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}

function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        networkMode,
        // What the server has just rendered isn't fetched once more.
        staleTime: 10_000,
        retry: (failures, error) => failures < 2 && isPassing(error),
      },
      mutations: { networkMode, retry: false },
    },
  });
}

/**
 * Whether the server can be reached, only a request tells: it may be this machine, with no network at all. And what
 * would wait for the network would be done later, when nobody asks for it any more.
 */
const networkMode = "always";

/** No answer at all, or a fault of the server. A refusal (4xx) stays one, however often it is asked for. */
function isPassing(error: Error): boolean {
  return (
    !("status" in error) || typeof error.status !== "number" || error.status === 0 || error.status >= 500
  );
}
