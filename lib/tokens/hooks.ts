import {
  keepPreviousData,
  type QueryClient,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import type { TokenStatus } from "@/db/enums";
import { call } from "@/lib/http/client";
import type { Input, Output } from "@/lib/http/endpoint";
import { renewLists } from "@/lib/http/renew-lists";
import { type CreationRequest, untilAnswered } from "@/lib/http/retry";
import {
  changeToken,
  createToken,
  deleteToken,
  deleteTokens,
  listTokens,
  readToken,
  revokeTokens,
  rotateToken,
  summarizeTokens,
  type Token,
  type tokenSorts,
} from "@/lib/tokens/contract";

/** Whose tokens, and of which type; one's own Personal ones unless told. */
export interface TokensScope {
  owner?: "me" | "all";
  type?: "Personal" | "Service" | "All";
  user_id?: number | undefined;
}

export interface TokensFilter {
  search?: string | undefined;
  status?: TokenStatus | undefined;
  still_called?: boolean | undefined;
  never_used?: boolean | undefined;
  sort?: (typeof tokenSorts)[number];
  page?: number;
  size?: number;
}

/** How often a list that is looked at is fetched anew: last use shows within a minute (T8). */
const refetchMs = 30_000;

export function tokensQuery(scope: TokensScope, filter: TokensFilter) {
  return queryOptions({
    queryKey: ["tokens", "list", scope, filter],
    queryFn: ({ signal }) => call(listTokens, { query: { ...scope, ...filter } }, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: refetchMs,
  });
}

/** The tokens in the overlap of a rotation, old ones and successors. */
export function rotationsQuery(scope: TokensScope) {
  return queryOptions({
    queryKey: ["tokens", "rotations", scope],
    queryFn: ({ signal }) => call(listTokens, { query: { ...scope, rotating: true, size: 100 } }, { signal }),
    refetchInterval: refetchMs,
  });
}

/** How many tokens want attention. */
export function tokenCountsQuery(scope: TokensScope) {
  return queryOptions({
    queryKey: ["tokens", "counts", scope],
    queryFn: ({ signal }) => call(summarizeTokens, { query: { ...scope } }, { signal }),
    refetchInterval: refetchMs,
  });
}

/** One token as it is now; a list that has it in an older state is brought up to date. */
export function tokenQuery(id: number) {
  return queryOptions({
    queryKey: ["tokens", "one", id],
    queryFn: async ({ signal, client }) => {
      const token = await call(readToken, { params: { id } }, { signal });
      showInLists(client, token);
      return token;
    },
  });
}

/** Makes a token; a lost answer is asked for again. The answer holds a secret: it is forgotten on unmount. */
export function useCreateToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ body, idempotencyKey, signal }: CreationRequest<Input<typeof createToken.body>>) =>
      untilAnswered(() => call(createToken, { body }, { idempotencyKey, signal }), signal),
    onSettled: () => forgetTokens(client),
    gcTime: 0,
  });
}

/** Makes the successor of a token; a lost answer is asked for again. The answer holds a secret, as above. */
export function useRotateToken(id: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ body, idempotencyKey, signal }: CreationRequest<Input<typeof rotateToken.body>>) =>
      untilAnswered(() => call(rotateToken, { params: { id }, body }, { idempotencyKey, signal }), signal),
    onSettled: () => forgetTokens(client),
    gcTime: 0,
  });
}

type Change = { id: number } & Input<typeof changeToken.body>;

/** Revokes, restores or renames a token. Lists show what the server answered, and nothing before that. */
export function useChangeToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: Change) => call(changeToken, { params: { id }, body }),
    onSuccess: (token) => {
      client.setQueryData(tokenQuery(token.id).queryKey, token);
      showInLists(client, token);
    },
    // Also after a refusal: somebody else changed the row.
    onSettled: () => forgetTokens(client),
  });
}

/** Deletes a revoked token; settles when the lists are without it. */
export function useDeleteToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => call(deleteToken, { params: { id } }),
    onSettled: () => client.invalidateQueries({ queryKey: ["tokens", "list"] }),
    onSuccess: () => forgetTokens(client),
  });
}

/** Revokes or deletes many tokens; settles when the lists show what became of them. */
export function useChangeTokens(act: "revoke" | "delete") {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (ids: number[]) => call(act === "revoke" ? revokeTokens : deleteTokens, { body: { ids } }),
    onSettled: () => {
      void renewLists(client, besideTokens);
      return renewLists(client, ["tokens"]);
    },
  });
}

/** Nobody waits for what follows: lists, counts, accounts, what was recorded of it. */
function forgetTokens(client: QueryClient): void {
  void renewLists(client, ["tokens", ...besideTokens]);
}

/** What tells of tokens, too. */
const besideTokens = ["users", "audit"];

function showInLists(client: QueryClient, token: Token): void {
  client.setQueriesData<Output<typeof listTokens.answer>>({ queryKey: ["tokens", "list"] }, (page) =>
    page ? { ...page, items: page.items.map((row) => (row.id === token.id ? token : row)) } : page,
  );
}
