import { type Transaction, transaction } from "@/db/client";

/**
 * A transaction that does something and then stays open, with all the locks that it took.
 * @returns once that is done; `letGo` commits it
 */
export async function heldTransaction(
  work: (tx: Transaction) => Promise<unknown>,
): Promise<{ letGo: () => Promise<void> }> {
  let commit = () => {};
  const told = new Promise<void>((resolve) => {
    commit = resolve;
  });
  let ended: Promise<void> = Promise.resolve();
  await new Promise<void>((resolve, reject) => {
    ended = transaction(async (tx) => {
      await work(tx);
      resolve();
      await told;
    });
    ended.catch(reject);
  });
  return {
    letGo: () => {
      commit();
      return ended;
    },
  };
}
