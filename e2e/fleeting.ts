import { expect, type Page } from "@playwright/test";

/*
 * What comes and goes by itself: news that is read out, a message at the edge, the tint of a new row. A loaded machine may
 * look only once it has gone, or once the next news has taken its place; so it is kept as it comes, by the page.
 */

type Kind = "announced" | "toasted" | "tinted";

declare global {
  interface Window {
    fleeting?: Record<Kind, string[]>;
  }
}

/** Has each document of the page keep what comes and goes, from its beginning. */
export async function keepFleeting(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const fleeting: Record<Kind, string[]> = { announced: [], toasted: [], tinted: [] };
    window.fleeting = fleeting;
    const places: [Kind, string][] = [
      ["announced", "[data-announcer] p"],
      ["toasted", "[aria-label=Notification] p"],
      ["tinted", "tr[class*=bg-selected]"],
    ];
    const keep = () => {
      for (const [kind, selector] of places)
        for (const element of document.querySelectorAll(selector)) {
          const text = element.textContent ?? "";
          if (text !== "" && fleeting[kind].at(-1) !== text) fleeting[kind].push(text);
        }
    };
    const changes = { subtree: true, childList: true, characterData: true, attributeFilter: ["class"] };
    new MutationObserver(keep).observe(document, changes);
  });
}

/** Until this has been read out, whatever came after it. */
export async function expectAnnounced(
  page: Page,
  text: string | RegExp,
  options?: { timeout: number },
): Promise<void> {
  await expectKept(page, "announced", typeof text === "string" ? text : expect.stringMatching(text), options);
}

/** Until a message at the edge has said this. */
export async function expectToast(page: Page, text: string): Promise<void> {
  await expectKept(page, "toasted", text);
}

/** Until a row with this in it has been tinted. */
export async function expectTinted(page: Page, part: string): Promise<void> {
  await expectKept(page, "tinted", expect.stringContaining(part));
}

async function expectKept(
  page: Page,
  kind: Kind,
  text: unknown,
  options?: { timeout: number },
): Promise<void> {
  await expect
    .poll(() => page.evaluate((which) => window.fleeting?.[which] ?? [], kind), options)
    .toContainEqual(text);
}
