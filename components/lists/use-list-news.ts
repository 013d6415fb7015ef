"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { ListPage } from "@/components/lists/list-frame";
import { useAnnounce } from "@/components/ui/announcer";

interface ListNews {
  /** What is listed, one and many: "user", "users". */
  names: readonly [one: string, many: string];
  /** What narrows, orders and pages the list, as one text. */
  view: string;
  /** "newest first". */
  order: string;
}

/**
 * Tells a list's news to those who don't see them: after a change of view, that it is loading (when that takes more
 * than a second) and what came of it, as "12 users, newest first". What is there at first isn't announced.
 */
export function useListNews(query: UseQueryResult<ListPage<unknown>>, { names, view, order }: ListNews) {
  const announce = useAnnounce();
  const told = useRef(view);
  const [, many] = names;
  const message = newsOf(query, names, order);
  const loading = message === undefined;

  useEffect(() => {
    if (!loading) return;
    const timer = setTimeout(() => announce(`Loading ${many}`), patienceMs);
    return () => clearTimeout(timer);
  }, [loading, many, announce]);

  useEffect(() => {
    if (message === undefined || told.current === view) return;
    told.current = view;
    announce(message);
  }, [view, message, announce]);
}

/** The ids in a list, for `useCreatedRow`; none while others are on their way, or failed to come. */
export function settledIds({
  data,
  isFetching,
  error,
}: UseQueryResult<ListPage<{ id: number }>>): number[] | undefined {
  return isFetching || error ? undefined : data?.items.map(({ id }) => id);
}

function newsOf(
  { data, isPlaceholderData, error }: UseQueryResult<ListPage<unknown>>,
  [one, many]: ListNews["names"],
  order: string,
): string | undefined {
  if (error) return `The ${many} could not be loaded`;
  if (!data || isPlaceholderData) return undefined;
  const about = data.total_is_estimate ? "about " : "";
  return `${data.total === 1 ? `1 ${one}` : `${about}${data.total.toLocaleString("en")} ${many}`}, ${order}`;
}

const patienceMs = 1_000;
