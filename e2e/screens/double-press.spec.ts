import type { Page } from "@playwright/test";
import { expect, test } from "@/e2e/fixtures";
import { dialogOf, freshName } from "@/e2e/screens/wizard-steps";

const addTeam = (page: Page) => page.getByRole("button", { name: "Add team" });

for (const [key, name] of [
  ["Enter", "Enter"],
  [" ", "Space"],
] as const)
  test(`the second ${name} of two doesn't open again the dialog that the first has closed`, async ({
    adminPage: page,
  }) => {
    await openTeamDialog(page);
    await whenFocusReturns(page, { key, afterMs: 499 });
    await pressToSubmit(page, key);
    await expect.poll(() => ignoredThen(page)).toBe(true);
  });

test("a press that comes later is meant, and so is another key's", async ({ adminPage: page }) => {
  for (const second of [
    { key: "Enter", afterMs: 501 },
    { key: " ", afterMs: 0 },
  ]) {
    await openTeamDialog(page);
    await whenFocusReturns(page, second);
    await pressToSubmit(page, "Enter");
    await expect.poll(() => ignoredThen(page)).toBe(false);
  }
});

test("a key that is held down opens nothing, however long it is held", async ({ adminPage: page }) => {
  await openTeamDialog(page);
  await whenFocusReturns(page, { key: "Enter", afterMs: 5_000, repeat: true });
  await pressToSubmit(page, "Enter");
  await expect.poll(() => ignoredThen(page)).toBe(true);
});

test("Esc, then Enter opens it again at once", async ({ adminPage: page }) => {
  await openTeamDialog(page);
  await page.keyboard.press("Escape");
  await expect(addTeam(page)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(dialogOf(page)).toBeVisible();
});

test("the second click of two doesn't reach what lay beneath the dialog", async ({ adminPage: page }) => {
  await openTeamDialog(page);
  const cancel = await dialogOf(page).getByRole("button", { name: "Cancel" }).boundingBox();
  await page.evaluate(() => {
    document.body.dataset.clicks = "";
    addEventListener("click", ({ detail }) => (document.body.dataset.clicks += `${detail}`));
  });
  const clicks = () => page.evaluate(() => document.body.dataset.clicks);
  const click = async (clickCount: number) => {
    await page.mouse.down({ clickCount });
    await page.mouse.up({ clickCount });
  };

  if (!cancel) throw new Error("The button isn't there.");
  await page.mouse.move(cancel.x + 5, cancel.y + 5);
  await click(1);
  await expect(dialogOf(page)).toBeHidden();
  await click(2);
  expect(await clicks()).toBe("1");
  await click(1);
  await click(2);
  expect(await clicks(), "two that both meet the page").toBe("112");
});

async function openTeamDialog(page: Page): Promise<void> {
  await page.goto("/settings/security/teams");
  await addTeam(page).click();
  await expect(dialogOf(page).getByLabel("Name", { exact: true })).toBeFocused();
}

async function pressToSubmit(page: Page, key: string): Promise<void> {
  await dialogOf(page).getByLabel("Name", { exact: true }).fill(freshName("Team"));
  await dialogOf(page).getByRole("button", { name: "Add team" }).press(key);
  await expect(dialogOf(page)).toBeHidden();
}

interface SecondPress {
  key: string;
  /** How long after focus came back. */
  afterMs: number;
  repeat?: boolean;
}

/**
 * Presses once more as soon as focus is back outside the dialog. Done within the page, so that the time between the two
 * is what the test says, not what the machine takes.
 */
async function whenFocusReturns(page: Page, second: SecondPress): Promise<void> {
  await page.evaluate(({ key, afterMs, repeat }) => {
    delete document.body.dataset.ignored;
    const onFocus = ({ target, timeStamp }: FocusEvent) => {
      if (!(target instanceof HTMLButtonElement) || target.closest("[role=dialog]")) return;
      document.removeEventListener("focusin", onFocus);
      const press = new KeyboardEvent("keydown", { key, repeat, bubbles: true, cancelable: true });
      Object.defineProperty(press, "timeStamp", { value: timeStamp + afterMs });
      target.dispatchEvent(press);
      document.body.dataset.ignored = String(press.defaultPrevented);
    };
    document.addEventListener("focusin", onFocus);
  }, second);
}

function ignoredThen(page: Page): Promise<boolean | undefined> {
  return page.evaluate(() => {
    const { ignored } = document.body.dataset;
    return ignored === undefined ? undefined : ignored === "true";
  });
}
