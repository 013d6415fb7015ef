import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { Role, UserType } from "@/db/enums";
import { call } from "@/lib/http/client";
import type { Input } from "@/lib/http/endpoint";
import { untilAnswered } from "@/lib/http/retry";
import { createUser, listUsers, readCurrentUser, readUser, type userSorts } from "@/lib/users/contract";

/** What the users screen narrows its list by. */
export interface UsersFilter {
  search?: string;
  user_type?: UserType;
  role?: Role;
  team?: string;
  status?: "active" | "inactive";
  sort?: (typeof userSorts)[number];
  page?: number;
  size?: number;
}

export function usersQuery(filter: UsersFilter) {
  return queryOptions({
    queryKey: ["users", filter],
    queryFn: ({ signal }) => call(listUsers, { query: { ...filter } }, { signal }),
    placeholderData: keepPreviousData,
  });
}

/** One account, by its number. */
export function userQuery(id: number) {
  return queryOptions({
    queryKey: ["users", "one", id],
    queryFn: ({ signal }) => call(readUser, { params: { id } }, { signal }),
  });
}

/** Who is signed in. */
export function currentUserQuery() {
  return queryOptions({
    queryKey: ["users", "me"],
    queryFn: ({ signal }) => call(readCurrentUser, {}, { signal }),
  });
}

/** The account that has this `user_id`, if any: asked before the wizard goes on, so a taken name is told early. */
export async function findAccountByUserId(userId: string, signal: AbortSignal) {
  const { items } = await call(listUsers, { query: { user_id: userId, size: 1 } }, { signal });
  return items[0];
}

interface Creation {
  body: Input<typeof createUser.body>;
  /** The same for every repeat of the same creation. */
  idempotencyKey: string;
  signal: AbortSignal;
}

/** Creates an account; a lost answer is asked for again. The answer may hold a secret: it is forgotten on unmount. */
export function useCreateUser() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ body, idempotencyKey, signal }: Creation) =>
      untilAnswered(() => call(createUser, { body }, { idempotencyKey, signal }), signal),
    // Also after a failure: it may have been created all the same. Nobody waits for the lists.
    onSettled: () => {
      for (const list of ["users", "teams", "tokens"]) void client.invalidateQueries({ queryKey: [list] });
    },
    gcTime: 0,
  });
}
