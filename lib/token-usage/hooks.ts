import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { call } from "@/lib/http/client";
import { listTokenUsage, readTokenUsage } from "@/lib/token-usage/contract";

/** How much each of these tokens was used in the last 30 days. */
export function usageOfTokensQuery(ids: readonly number[]) {
  const sorted = ids.toSorted((a, b) => a - b).join(",");
  return queryOptions({
    queryKey: ["token-usage", "many", sorted],
    queryFn: ({ signal }) => call(listTokenUsage, { query: { ids: sorted } }, { signal }),
    placeholderData: keepPreviousData,
    enabled: ids.length > 0,
    refetchInterval: 60_000,
  });
}

/** Who used a token in the last 30 days, from where, how often. */
export function tokenUsageQuery(id: number) {
  return queryOptions({
    queryKey: ["token-usage", "one", id],
    queryFn: ({ signal }) => call(readTokenUsage, { params: { id } }, { signal }),
    refetchInterval: 30_000,
  });
}
