import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { TokenStatus } from "@/db/enums";
import { call } from "@/lib/http/client";
import { listServiceTokens, listTokens, type tokenSorts } from "@/lib/tokens/contract";

export interface TokensFilter {
  search?: string;
  status?: TokenStatus;
  sort?: (typeof tokenSorts)[number];
  page?: number;
  size?: number;
}

export function serviceTokensQuery(filter: TokensFilter) {
  return queryOptions({
    queryKey: ["tokens", "service", filter],
    queryFn: ({ signal }) => call(listServiceTokens, { query: { ...filter } }, { signal }),
    placeholderData: keepPreviousData,
  });
}

export function personalTokensQuery(filter: TokensFilter) {
  return queryOptions({
    queryKey: ["tokens", "personal", filter],
    queryFn: ({ signal }) => call(listTokens, { query: { ...filter } }, { signal }),
    placeholderData: keepPreviousData,
  });
}
