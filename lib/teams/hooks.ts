import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "@/lib/http/client";
import type { Input } from "@/lib/http/endpoint";
import { untilAnswered } from "@/lib/http/retry";
import { createTeam, listTeams } from "@/lib/teams/contract";

export interface TeamsFilter {
  search?: string;
  sort?: "name" | "-name" | "created_at" | "-created_at";
  page?: number;
  size?: number;
}

export function teamsQuery(filter: TeamsFilter) {
  return queryOptions({
    queryKey: ["teams", filter],
    queryFn: ({ signal }) => call(listTeams, { query: { ...filter } }, { signal }),
    placeholderData: keepPreviousData,
  });
}

interface Creation {
  body: Input<typeof createTeam.body>;
  idempotencyKey: string;
  signal: AbortSignal;
}

/** Creates a team; a lost answer is asked for again. */
export function useCreateTeam() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ body, idempotencyKey, signal }: Creation) =>
      untilAnswered(() => call(createTeam, { body }, { idempotencyKey, signal }), signal),
    // Also after a failure: it may have been created all the same. Nobody waits for the list.
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ["teams"] });
    },
  });
}
