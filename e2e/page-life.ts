import type { Page } from "@playwright/test";

/** Keeps the code of the page's next documents back until the answer is called, as a slow line does. */
export async function holdScripts(page: Page): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/\.js(\?|$)/, async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

/** Until the page's code has taken over what the server sent; a link before that leads to a new document. */
export async function untilAlive(page: Page): Promise<void> {
  await page.waitForFunction(
    () => window.latchkeyEarlyClicks === undefined && document.readyState === "complete",
  );
}

/**
 * Reads the page anew, once its address rests: after two changes in a row Next writes the first once more, for a moment, as
 * soon as it gets to it.
 */
export async function reopen(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise<void>((idle) => requestIdleCallback(() => requestIdleCallback(() => idle()))),
  );
  await page.reload();
}
