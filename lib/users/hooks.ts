import {
  keepPreviousData,
  type Query,
  type QueryClient,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import type { Role, UserType } from "@/db/enums";
import { call } from "@/lib/http/client";
import type { Input } from "@/lib/http/endpoint";
import { untilAnswered } from "@/lib/http/retry";
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
      void renewLists(client);
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
    onSettled: () => renewLists(client),
  });
}

/** Deletes an account. */
export function useDeleteUser() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => call(deleteUser, { params: { id } }),
    // Who is gone isn't asked for again.
    onSettled: (_, error, id) => renewLists(client, error ? undefined : id),
  });
}

interface NewLink {
  /** The link has nothing to say but whose it is. */
  body: null;
  /** The same for every repeat of the same creation. */
  idempotencyKey: string;
  signal: AbortSignal;
}

/** Makes a person a new one-time link; a lost answer is asked for again. It holds a secret: forgotten on unmount. */
export function useCreatePasswordLink(id: number) {
  return useMutation({
    mutationFn: ({ idempotencyKey, signal }: NewLink) =>
      untilAnswered(() => call(createPasswordLink, { params: { id } }, { idempotencyKey, signal }), signal),
    gcTime: 0,
  });
}

/** Everything that tells of accounts, but for one that is gone. */
async function renewLists(client: QueryClient, gone?: number): Promise<void> {
  const isGone = ({ queryKey: [list, kind, id] }: Query) => list === "users" && kind === "one" && id === gone;
  await Promise.all(
    ["users", "teams", "tokens", "audit"].map((list) =>
      client.invalidateQueries({ queryKey: [list], predicate: (query) => !isGone(query) }),
    ),
  );
}
