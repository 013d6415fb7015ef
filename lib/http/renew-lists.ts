import { hashKey, type QueryClient, type QueryKey } from "@tanstack/react-query";

/**
 * Fetches anew what is shown of these lists; settles when it is there.
 * @param gone what was deleted, and isn't asked for again
 */
export async function renewLists(
  client: QueryClient,
  lists: readonly string[],
  gone?: QueryKey,
): Promise<void> {
  const goneHash = gone && hashKey(gone);
  await Promise.all(
    lists.map((list) =>
      client.invalidateQueries({ queryKey: [list], predicate: ({ queryHash }) => queryHash !== goneHash }),
    ),
  );
}
