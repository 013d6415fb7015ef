import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { Role, UserType } from "@/db/enums";
import { call } from "@/lib/http/client";
import type { Input } from "@/lib/http/endpoint";
import { renewLists } from "@/lib/http/renew-lists";
import { type CreationRequest, untilAnswered } from "@/lib/http/retry";
import {
  createPasswordLink,
  createUser,
  deleteUser,
  listUsers,
  readCurrentUser,
  readUser,
  updateUser,
  type userSorts,
} from "@/lib/users/contract";

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

/** Creates an account; a lost answer is asked for again. The answer may hold a secret: it is forgotten on unmount. */
export function useCreateUser() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ body, idempotencyKey, signal }: CreationRequest<Input<typeof createUser.body>>) =>
      untilAnswered(() => call(createUser, { body }, { idempotencyKey, signal }), signal),
    // Also after a failure: it may have been created all the same. Nobody waits for the lists.
    onSettled: () => {
      void renewLists(client, tellingOfAccounts);
    },
    gcTime: 0,
  });
}

interface Change {
  id: number;
  changes: Input<typeof updateUser.body>;
  /** The version that was looked at; whatever is changed since is refused (412). Any, unless told. */
  version?: string;
}

/** Changes an account. Whatever came of it, what is shown of it is renewed: somebody else may have been first. */
export function useUpdateUser() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, changes, version }: Change) =>
      call(updateUser, { params: { id }, body: changes }, version === undefined ? {} : { ifMatch: version }),
    onSuccess: (user) => client.setQueryData(userQuery(user.id).queryKey, user),
    onSettled: () => renewLists(client, tellingOfAccounts),
  });
}

/** Deletes an account. */
export function useDeleteUser() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => call(deleteUser, { params: { id } }),
    onSettled: (_, error, id) =>
      renewLists(client, tellingOfAccounts, error ? undefined : userQuery(id).queryKey),
  });
}

/** Makes a person a new one-time link; a lost answer is asked for again. It holds a secret: forgotten on unmount. */
export function useCreatePasswordLink(id: number) {
  return useMutation({
    // The link has nothing to say but whose it is.
    mutationFn: ({ idempotencyKey, signal }: CreationRequest<null>) =>
      untilAnswered(() => call(createPasswordLink, { params: { id } }, { idempotencyKey, signal }), signal),
    gcTime: 0,
  });
}

const tellingOfAccounts = ["users", "teams", "tokens", "audit"];
