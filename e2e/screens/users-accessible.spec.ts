import type { Page } from "@playwright/test";
import { expectAccessible } from "@/e2e/axe";
import { administrator, expect, test } from "@/e2e/fixtures";
import { collectFaults } from "@/e2e/page-faults";
import { createServiceUser, usersPath } from "@/e2e/screens/accounts";
import { addButton, freshName, openWizard, toReveal, toTokenStep } from "@/e2e/screens/wizard-steps";

test.describe("accessible", () => {
  test("the list, the menu, both steps, their faults, the questions and the reveal", async ({
    adminPage: page,
  }) => {
    await page.goto(usersPath);
    await expectAccessible(page);
    await addButton(page).click();
    await expect(page.getByRole("menuitem", { name: "Team" })).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press("Escape");

    const dialog = await openWizard(page);
    await expectAccessible(page);
    await dialog.getByRole("button", { name: "Next" }).click();
    await dialog.getByRole("radio", { name: "Admin" }).check();
    await expectAccessible(page);
    await toTokenStep(dialog, freshName());
    await expectAccessible(page);
    await dialog.getByLabel("Expiration").click();
    await page.getByRole("option", { name: "Never" }).waitFor();
    await expectAccessible(page);
    await page.getByRole("option", { name: "Never" }).click();
    await page.keyboard.press("Escape");
    await page.getByRole("alertdialog").waitFor();
    await expectAccessible(page);
    await page.keyboard.press("Enter");
    await dialog.getByRole("button", { name: "Finish" }).click();
    await expect(dialog.getByText("Not saved yet.")).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press("Escape");
    await page.getByRole("alertdialog").waitFor();
    await expectAccessible(page);
    await page.keyboard.press("Enter");
    await dialog.getByRole("button", { name: "Copy token" }).click();
    await expect(dialog.getByText("Copied", { exact: true })).toBeVisible();
    await expectAccessible(page);
  });

  test("icon buttons have names of their own, on the list and in each dialog", async ({
    adminPage: page,
  }) => {
    const namesAreUnique = async () => {
      const names = await page
        .locator("button[aria-label]:visible")
        .evaluateAll((buttons) => buttons.map((button) => button.getAttribute("aria-label")));
      expect(new Set(names).size).toBe(names.length);
    };
    await page.goto(usersPath);
    await namesAreUnique();
    await toReveal(page, freshName());
    await namesAreUnique();
  });

  test("at 320 px nothing scrolls sideways", async ({ adminPage: page, api }) => {
    await createServiceUser(api, {
      name: `${freshName()} ${"wide".repeat(18)}`,
      teams: ["Data Quality", "Data Engineering"],
    });
    await page.setViewportSize({ width: 320, height: 640 });
    const fits = async () =>
      expect(
        await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        ),
      ).toBe(0);
    await page.goto(usersPath);
    await fits();
    const dialog = await openWizard(page);
    await fits();
    await toTokenStep(dialog, `${freshName()} ${"wide".repeat(18)}`);
    await fits();
    await dialog.getByRole("button", { name: "Finish" }).click();
    await expect(dialog.getByText("Not saved yet.")).toBeVisible();
    await fits();
    const [copy, download] = await Promise.all(
      ["Copy token", "Download .txt"].map((name) => dialog.getByRole("button", { name }).boundingBox()),
    );
    expect(copy?.y).toBeLessThan(download?.y ?? 0);
  });

  test("nothing moves where less motion is asked for, and nothing breaks the content policy", async ({
    adminPage: page,
  }) => {
    const faults = collectFaults(page);
    await page.emulateMedia({ reducedMotion: "reduce" });
    const dialog = await openWizard(page);
    await toTokenStep(dialog, freshName());
    await dialog.getByLabel("Expiration").click();
    await page.getByRole("option", { name: "Never" }).waitFor();
    expect(await longestMotion(page)).toBeLessThanOrEqual(0.001);
    await page.keyboard.press("Escape");
    await dialog.getByRole("button", { name: "Finish" }).click();
    await expect(dialog.getByText("Not saved yet.")).toBeVisible();
    expect(await longestMotion(page)).toBeLessThanOrEqual(0.001);
    expect(faults).toEqual([]);
  });
});

for (const [timezoneId, offset] of [
  ["Asia/Kolkata", "(UTC+5:30)"],
  ["America/Los_Angeles", /\(UTC-[78]\)/],
] as const)
  test.describe(`in ${timezoneId}`, () => {
    test.use({ timezoneId });

    test("times are the local ones, with their offset, and hydration agrees", async ({ adminPage: page }) => {
      const faults = collectFaults(page);
      const dialog = await openWizard(page);
      await toTokenStep(dialog, freshName());
      await expect(dialog.getByText(/^Expires /)).toContainText(offset);
      await page.goto(`${usersPath}?q=ada`);
      const created = page.getByRole("row", { name: administrator.email }).locator("button:has(time)").last();
      await expect(created).toHaveText(/just now|ago/);
      await created.focus();
      await created.hover();
      await expect(page.getByRole("tooltip")).toContainText(offset);
      await expect(page.getByRole("tooltip")).toContainText("UTC");
      expect(faults).toEqual([]);
    });
  });

/** In seconds, over all elements. */
function longestMotion(page: Page): Promise<number> {
  return page.evaluate(() =>
    Math.max(
      ...[...document.querySelectorAll("*")].flatMap((element) => {
        const { transitionDuration, animationDuration } = getComputedStyle(element);
        return [...transitionDuration.split(","), ...animationDuration.split(",")].map(Number.parseFloat);
      }),
    ),
  );
}
