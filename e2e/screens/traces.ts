import { expect, type Page } from "@playwright/test";

/** Expects that nothing of the page, its address, its stores and its caches holds the secret. */
export async function expectNowhere(page: Page, secret: string): Promise<void> {
  expect(await page.content()).not.toContain(secret);
  expect(await cachesOf(page)).not.toContain(secret);
  expect(await storesOf(page)).not.toContain(secret);
  expect(page.url()).not.toContain(secret);
}

/** All that TanStack Query holds, found by way of React's own tree, once that is there. */
export async function cachesOf(page: Page): Promise<string> {
  const caches = await page.waitForFunction(() => {
    interface Fiber {
      child: Fiber | null;
      sibling: Fiber | null;
      memoizedProps: { client?: { getQueryCache?: () => Cache; getMutationCache: () => Cache } } | null;
    }
    interface Cache {
      getAll(): { state: unknown; options: unknown }[];
    }
    const key = Object.keys(document).find((name) => name.startsWith("__reactContainer"));
    if (!key) return undefined;
    const queue = [(document as unknown as Record<string, Fiber>)[key]];
    while (queue.length > 0) {
      const fiber = queue.pop();
      if (!fiber) continue;
      const client = fiber.memoizedProps?.client;
      if (client?.getQueryCache)
        return JSON.stringify(
          [...client.getQueryCache().getAll(), ...client.getMutationCache().getAll()].map(
            ({ state }) => state,
          ),
        );
      if (fiber.sibling) queue.push(fiber.sibling);
      if (fiber.child) queue.push(fiber.child);
    }
    return undefined;
  });
  return (await caches.jsonValue()) ?? "";
}

function storesOf(page: Page): Promise<string> {
  return page.evaluate(async () =>
    JSON.stringify([
      { ...localStorage },
      { ...sessionStorage },
      document.cookie,
      window.history.state,
      await indexedDB.databases(),
    ]),
  );
}
