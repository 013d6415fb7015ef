import { expect, type Page } from "@playwright/test";

/*
 * The way of the Tab key, as somebody without a mouse goes it: what it reaches, in which order, and whether one sees
 * where one is.
 */

/** A place where the Tab key stops. */
interface Stop {
  /** Its number among all that can be operated; absent for what can't be, as a text that scrolls. */
  index: number | undefined;
  what: string;
  /** The part of the page it is in, and of what scrolls: order is compared within a part alone. */
  part: string;
  box: { left: number; top: number; right: number; bottom: number };
  /** Why one doesn't see that it has focus. */
  unseen: string | undefined;
  /** Stands elsewhere than its turn says, by intent: the ✕ of a dialog. */
  apart: boolean;
}

/** More than any screen has: the walk goes in circles. */
const tooMany = 400;

/** Expects of the page, or the dialog on top of it, that Tab reaches all there is, as the eye goes, and in sight. */
export async function expectWalkable(page: Page): Promise<void> {
  // What comes in meanwhile would move the rest from under the walker.
  await expect(page.locator("[data-dialog]").getByText(/^(Loading|Looking up)/)).toHaveCount(0);
  // Others make teams meanwhile, and a list that is read again moves too: what is wrong stays wrong.
  await expect(async () => expect(await findTabFaults(page)).toEqual([])).toPass({ timeout: 60_000 });
}

/** What is wrong with the way of the Tab key from where focus is, once around; one line each. */
export async function findTabFaults(page: Page): Promise<string[]> {
  const operable = await markOperable(page);
  await toBeginning(page);
  const stops = await walk(page, "Tab");
  const back = await walk(page, "Shift+Tab");
  const reached = new Set(stops.map(({ index }) => index));
  return [
    ...operable.filter((_, index) => !reached.has(index)).map((what) => `unreachable: ${what}`),
    ...stops.flatMap(({ what, unseen }) => (unseen ? [`focus unseen (${unseen}): ${what}`] : [])),
    ...stops.flatMap((stop, turn) => jumpsBack(stops[turn - 1], stop)),
    ...stops
      .filter(({ index }) => !back.some((other) => other.index === index))
      .map(({ what }) => `not on the way back: ${what}`),
  ];
}

/** Numbers all that can be operated in the topmost dialog, or on the page where there is none; what it is, in words. */
function markOperable(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    for (const marked of document.querySelectorAll("[data-operable]"))
      marked.removeAttribute("data-operable");
    const dialog = [...document.querySelectorAll("[data-dialog]")].at(-1);
    const roles = ["button", "link", "checkbox", "switch", "combobox", "textbox", "searchbox", "slider"];
    const selector = ["a[href]", "button", "input", "select", "textarea", "summary", "[tabindex='0']"];
    const all = (dialog ?? document).querySelectorAll<HTMLElement>(
      [...selector, ...roles.map((role) => `[role=${role}]`)].join(),
    );
    const operable = [...all].filter((element) => {
      const isShown = element.checkVisibility({ visibilityProperty: true });
      // Of a group of radio buttons Tab reaches the one that is chosen; arrows lead to the others.
      const isOtherRadio =
        element instanceof HTMLInputElement && element.type === "radio" && !element.checked;
      return isShown && !isOtherRadio && !element.closest("[aria-hidden=true], [inert]");
    });
    for (const [index, element] of operable.entries()) element.setAttribute("data-operable", String(index));
    return operable.map((element) => element.outerHTML.slice(0, 140));
  });
}

/** Has Tab begin at the beginning of the page; in a dialog it goes around anyway. */
function toBeginning(page: Page): Promise<void> {
  return page.evaluate(() => {
    if (document.querySelector("[data-dialog]")) return;
    const start = document.createElement("span");
    start.tabIndex = -1;
    document.body.prepend(start);
    start.focus();
    start.remove();
  });
}

/** All stops, from the one after focus until it is back where it began, or leaves the page. */
async function walk(page: Page, key: "Tab" | "Shift+Tab"): Promise<Stop[]> {
  const stops: Stop[] = [];
  for (let presses = 0; presses < tooMany; presses++) {
    await page.keyboard.press(key);
    // The last one of a dialog is followed by what sends focus around it.
    await page.waitForFunction(() => !document.activeElement?.hasAttribute("data-base-ui-focus-guard"));
    const stop = await currentStop(page);
    // Past the last one the browser's own controls have their turn; in a dialog the first one has.
    if (!stop) break;
    // A date has several places in one field.
    if (stop.what === stops.at(-1)?.what && stop.index === stops.at(-1)?.index) continue;
    if (stop.index !== undefined && stops.some(({ index }) => index === stop.index)) break;
    stops.push(stop);
  }
  // Focus may have been in the middle of a dialog: the round is told from the first one.
  const first = stops.findIndex(({ index }) => index === 0);
  return [...stops.slice(first), ...stops.slice(0, Math.max(first, 0))];
}

function currentStop(page: Page): Promise<Stop | undefined> {
  return page.evaluate(() => {
    const focused = document.activeElement;
    if (!(focused instanceof HTMLElement) || focused === document.body) return undefined;
    const { left, top, right, bottom } = focused.getBoundingClientRect();
    // Where it stands in what scrolls, wherever that is scrolled to.
    let [acrossBy, downBy] = [0, 0];
    let scroller: Element | undefined;
    for (let frame = focused.parentElement; frame; frame = frame.parentElement) {
      acrossBy += frame.scrollLeft;
      downBy += frame.scrollTop;
      if (frame.scrollHeight > frame.clientHeight && getComputedStyle(frame).overflowY !== "visible")
        scroller ??= frame;
    }
    const mark = focused.getAttribute("data-operable");
    return {
      index: mark === null ? undefined : Number(mark),
      what: focused.outerHTML.slice(0, 140),
      part: [focused.closest("[data-dialog], main, nav, header, section"), scroller]
        .map((part) => part?.outerHTML.slice(0, 120) ?? "")
        .join(),
      box: { left: left + acrossBy, top: top + downBy, right: right + acrossBy, bottom: bottom + downBy },
      unseen: unseenBecause(focused),
      apart: focused.matches("[data-dialog] > [aria-label=Close]"),
    };

    function unseenBecause(element: HTMLElement): string | undefined {
      const { outlineStyle, outlineWidth, outlineColor, outlineOffset } = getComputedStyle(element);
      if (outlineStyle === "none" || Number.parseFloat(outlineWidth) < 2) return "no outline";
      if (/^rgba\(.*, 0\)$|transparent/.test(outlineColor)) return "a transparent outline";
      const box = element.getBoundingClientRect();
      const reach = Number.parseFloat(outlineWidth) + Number.parseFloat(outlineOffset);
      if (box.top - reach < -2.5 || box.bottom + reach > window.innerHeight + 2.5)
        if (box.height < window.innerHeight / 2) return "cut off by the window";
      const onTop = document.elementFromPoint(
        Math.min(Math.max(box.left + box.width / 2, 0), window.innerWidth - 1),
        Math.min(Math.max(box.top + box.height / 2, 0), window.innerHeight - 1),
      );
      if (onTop && !element.contains(onTop) && !onTop.contains(element)) return "covered";
      for (let frame = element.parentElement; frame && frame !== document.body; frame = frame.parentElement) {
        const { overflowX, overflowY } = getComputedStyle(frame);
        if (overflowX === "visible" && overflowY === "visible") continue;
        const edge = frame.getBoundingClientRect();
        // A hairline of the ring may go; a whole side of it not.
        const cut = [
          edge.left - box.left,
          edge.top - box.top,
          box.right - edge.right,
          box.bottom - edge.bottom,
        ];
        if (cut.some((past) => past + reach > 2.5)) return "cut off by what scrolls";
      }
      return undefined;
    }
  });
}

/** A step that goes against the way the eye goes: up without going right, or left in the same line. */
function jumpsBack(before: Stop | undefined, stop: Stop): string[] {
  if (!before || before.part !== stop.part || before.apart || stop.apart) return [];
  const [from, to] = [before.box, stop.box];
  const isAbove = to.bottom <= from.top + 1 && to.left < from.right - 1;
  const overlap = Math.min(from.bottom, to.bottom) - Math.max(from.top, to.top);
  const inSameLine = overlap > Math.min(from.bottom - from.top, to.bottom - to.top) / 2;
  const isLeft = inSameLine && to.right <= from.left + 1;
  return isAbove || isLeft ? [`jumps ${isAbove ? "up" : "left"}: ${before.what} → ${stop.what}`] : [];
}
