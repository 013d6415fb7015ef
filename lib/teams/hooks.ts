import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "@/lib/http/client";
import type { Input } from "@/lib/http/endpoint";
import { renewLists } from "@/lib/http/renew-lists";
import { type CreationRequest, untilAnswered } from "@/lib/http/retry";
import {
  changeTeamMembers,
  createTeam,
  deleteTeam,
  listTeams,
  readTeam,
  updateTeam,
} from "@/lib/teams/contract";

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

export function teamQuery(id: number) {
  return queryOptions({
    queryKey: ["teams", "one", id],
    queryFn: ({ signal }) => call(readTeam, { params: { id } }, { signal }),
  });
}

/** Creates a team; a lost answer is asked for again. */
export function useCreateTeam() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ body, idempotencyKey, signal }: CreationRequest<Input<typeof createTeam.body>>) =>
      untilAnswered(() => call(createTeam, { body }, { idempotencyKey, signal }), signal),
    // Also after a failure: it may have been created all the same. Nobody waits for the list.
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ["teams"] });
    },
  });
}

interface Change {
  id: number;
  changes: Input<typeof updateTeam.body>;
}

/** Renames or describes a team. Whatever came of it, what is shown of it is renewed: somebody may have been first. */
export function useUpdateTeam() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, changes }: Change) => call(updateTeam, { params: { id }, body: changes }),
    onSuccess: (team) => client.setQueryData(teamQuery(team.id).queryKey, team),
    onSettled: () => renewLists(client, tellingOfTeams),
  });
}

interface MembersChange {
  id: number;
  changes: Input<typeof changeTeamMembers.body>;
}

/** Adds and removes members of a team. */
export function useChangeTeamMembers() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, changes }: MembersChange) =>
      call(changeTeamMembers, { params: { id }, body: changes }),
    onSuccess: (team) => client.setQueryData(teamQuery(team.id).queryKey, team),
    onSettled: () => renewLists(client, tellingOfTeams),
  });
}

/** Deletes a team. */
export function useDeleteTeam() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => call(deleteTeam, { params: { id } }),
    onSettled: (_, error, id) =>
      renewLists(client, tellingOfTeams, error ? undefined : teamQuery(id).queryKey),
  });
}

const tellingOfTeams = ["teams", "users", "audit"];
