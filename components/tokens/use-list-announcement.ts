"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { TokenSort } from "@/components/tokens/tokens-table";
import { useAnnounce } from "@/components/ui/announcer";
import type { Output } from "@/lib/http/endpoint";
import type { listServiceTokens } from "@/lib/tokens/contract";

/** Nobody wants to hear of a wait that is shorter. */
const longWait = 1000;

/** Says "12 tokens, soonest expiry first" when the list has changed at the reader's wish; nothing at first. */
export function useListAnnouncement(
  tokens: UseQueryResult<Output<typeof listServiceTokens.answer>>,
  sort: TokenSort,
) {
  const announce = useAnnounce();
  const { data, isPlaceholderData } = tokens;
  const waiting = tokens.isPending || isPlaceholderData;
  const summary = data && !isPlaceholderData ? summaryOf(data.total, data.page, sort) : undefined;
  const said = useRef(summary);

  useEffect(() => {
    if (!waiting) return;
    const timer = setTimeout(() => announce("Loading tokens"), longWait);
    return () => clearTimeout(timer);
  }, [waiting, announce]);

  useEffect(() => {
    if (summary === undefined || said.current === summary) return;
    said.current = summary;
    announce(summary);
  }, [summary, announce]);
}

function summaryOf(total: number, page: number, sort: TokenSort): string {
  const count = total === 1 ? "1 token" : `${total} tokens`;
  return `${count}, ${orders[sort]}${page > 1 ? `, page ${page}` : ""}`;
}

const orders: Record<TokenSort, string> = {
  name: "by name",
  "-name": "by name, from the end",
  created_at: "oldest first",
  "-created_at": "newest first",
  expiration: "soonest expiry first",
  "-expiration": "latest expiry first",
  last_used_at: "least recently used first",
  "-last_used_at": "most recently used first",
};
