import {
  keepPreviousData,
  type Query,
  type QueryClient,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { call } from "@/lib/http/client";
import type { Input } from "@/lib/http/endpoint";
import { untilAnswered } from "@/lib/http/retry";
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
    onSettled: () => renewLists(client),
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
    onSettled: () => renewLists(client),
  });
}

/** Deletes a team. */
export function useDeleteTeam() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => call(deleteTeam, { params: { id } }),
    // What is gone isn't asked for again.
    onSettled: (_, error, id) => renewLists(client, error ? undefined : id),
  });
}

/** Everything that tells of teams and their members, but for one that is gone. */
async function renewLists(client: QueryClient, gone?: number): Promise<void> {
  const isGone = ({ queryKey: [list, kind, id] }: Query) => list === "teams" && kind === "one" && id === gone;
  await Promise.all(
    ["teams", "users", "audit"].map((list) =>
      client.invalidateQueries({ queryKey: [list], predicate: (query) => !isGone(query) }),
    ),
  );
}
