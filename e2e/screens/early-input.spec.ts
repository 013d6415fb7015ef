import type { Page } from "@playwright/test";
import { expect, test } from "@/e2e/fixtures";
import { holdScripts } from "@/e2e/page-life";
import { makeService, usersPath } from "@/e2e/screens/accounts";
import { newToken } from "@/e2e/screens/token-steps";
import { freshName } from "@/e2e/screens/wizard-steps";

/* What somebody does on a page that they see, and whose code doesn't run yet: none of it is lost. */

/** Opens a page as the server sends it; its code comes once the answer is called. */
async function openEarly(page: Page, path: string): Promise<() => void> {
  const release = await holdScripts(page);
  await page.goto(path, { waitUntil: "commit" });
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  return release;
}

test("a button that was pressed opens what it opens, once", async ({ adminPage: page }) => {
  const release = await openEarly(page, usersPath);
  const add = page.getByRole("button", { name: "Add", exact: true });
  // Somebody impatient.
  for (let presses = 0; presses < 2; presses++) await add.click();
  release();
  await page.getByRole("menuitem", { name: "Person" }).click();
  await expect(page.getByRole("dialog").getByLabel("Name", { exact: true })).toBeFocused();
});

test("a box that was ticked is, and a list of choices opens", async ({ adminPage: page, api }) => {
  const { name } = await newToken(api);
  const release = await openEarly(page, `/settings/tokens?q=${name}`);
  await page.getByRole("checkbox", { name: `Select ${name}` }).press("Space");
  await page.getByRole("combobox", { name: "Status" }).click();
  release();
  await expect(page.getByRole("option", { name: "Revoked" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Selected tokens" })).toContainText("1 selected");
});

test("what was typed is searched for", async ({ adminPage: page, api }) => {
  const { name } = await makeService(api, { name: freshName("Early") });
  const release = await openEarly(page, usersPath);
  const search = page.getByRole("searchbox", { name: "Search users" });
  await search.fill(name);
  release();
  await expect(page.getByRole("row")).toHaveCount(2);
  await expect(page.getByRole("row", { name })).toBeVisible();
  await expect(search).toHaveValue(name);
});

test("a moment that was typed narrows the audit", async ({ adminPage: page }) => {
  const release = await openEarly(page, "/settings/security/audit");
  await page.getByLabel("To", { exact: true }).fill("2020-02-01T00:00");
  release();
  await expect(page).toHaveURL(/until=20(20|19)-/);
  await expect(page.getByText("No entries match these filters")).toBeVisible();
  await expect(page.getByLabel("To", { exact: true })).toHaveValue("2020-02-01T00:00");
});
