import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "@/e2e/axe";
import { expect, test } from "@/e2e/fixtures";
import { expectAnnounced, expectTinted } from "@/e2e/fleeting";
import { makePerson, usersPath } from "@/e2e/screens/accounts";
import { addButton, closeReveal, dialogOf, freshName } from "@/e2e/screens/wizard-steps";

const password = "a password of the tests";

async function openDialog(page: Page): Promise<Locator> {
  await page.goto(usersPath);
  await addButton(page).click();
  await page.getByRole("menuitem", { name: "Person" }).click();
  const dialog = dialogOf(page);
  await expect(dialog.getByLabel("Name", { exact: true })).toBeFocused();
  return dialog;
}

async function toLink(page: Page) {
  const name = freshName("Person");
  const email = `${name.replaceAll(" ", ".")}@example.com`.toLowerCase();
  const dialog = await openDialog(page);
  await dialog.getByLabel("Name", { exact: true }).fill(name);
  await dialog.getByLabel("E-mail").fill(email);
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("heading", { name: "Copy the link now" })).toBeFocused();
  const link = (await dialog.getByRole("group", { name: "Link" }).textContent()) ?? "";
  expect(link).toMatch(/^http:\/\/[^/]+\/set-password#code=[\w-]{43}$/);
  return { dialog, name, email, link };
}

test("Add → Person: the link is shown once, and lets them in", async ({ adminPage: page, browser }) => {
  const { dialog, name, email, link } = await toLink(page);
  await expectAnnounced(page, "Link created. Shown only once.");
  for (const [term, value] of [
    ["Person", name],
    ["Signs in as", email],
    ["Works until", /\(in 3 days\), once$/],
  ] as const)
    await expect(dialog.getByRole("term").filter({ hasText: term }).locator("+ dd")).toHaveText(value);
  await expectAccessible(page);
  await expect(page).not.toHaveURL(/\?/);
  await closeReveal(page, "link");
  await expect(addButton(page)).toBeFocused();
  await expectTinted(page, name);

  const theirs = await (await browser.newContext()).newPage();
  await theirs.goto(link);
  await theirs.getByLabel("New password").fill(password);
  await theirs.keyboard.press("Enter");
  await expect(theirs.getByText("Your password is set. Sign in with it.")).toBeVisible();
  await theirs.context().close();
});

test("until it is copied every way out asks first; afterwards it is nowhere", async ({ adminPage: page }) => {
  const { dialog, link } = await toLink(page);
  const code = link.split("#code=")[1] ?? "";
  for (const leave of [
    () => page.keyboard.press("Escape"),
    () => dialog.getByRole("button", { name: "Done" }).click(),
    () => dialog.getByRole("button", { name: "Close" }).click(),
  ]) {
    await leave();
    const asked = page.getByRole("alertdialog", { name: "Close without saving the link?" });
    await expect(asked.getByRole("button", { name: "Go back" })).toBeFocused();
    await asked.getByRole("button", { name: "Go back" }).click();
    await expect(asked).toBeHidden();
  }
  await dialog.getByRole("button", { name: "Hide" }).click();
  await expect(dialog).not.toContainText(code);
  await closeReveal(page, "link");
  expect(await page.content()).not.toContain(code);
  await page.reload();
  await expect(dialog).toBeHidden();
  expect(await page.content()).not.toContain(code);
});

test("two faults are summed up; a taken e-mail is told beside its field", async ({
  adminPage: page,
  api,
}) => {
  const taken = await makePerson(api);
  const dialog = await openDialog(page);
  await expectAccessible(page);
  await dialog.getByLabel("E-mail").fill("not an address");
  await dialog.getByRole("button", { name: "Add person" }).click();
  await expect(page.locator(":focus")).toContainText("There is a problem");
  await expect(dialog.getByRole("link", { name: "Enter a name for the person." })).toBeVisible();
  await expectAccessible(page);
  await dialog.getByLabel("Name", { exact: true }).fill("Somebody");
  await dialog.getByLabel("E-mail").fill(taken.user_id.toUpperCase());
  await page.keyboard.press("Enter");
  await expect(dialog.getByLabel("E-mail")).toBeFocused();
  await expect(dialog.getByLabel("E-mail")).toHaveAccessibleDescription(/is taken by/);
});

test("an Admin is cautioned about; Enter, Enter makes one person; a lost answer is asked for again", async ({
  adminPage: page,
  api,
}) => {
  const dialog = await openDialog(page);
  await expect(dialog.getByRole("radio", { name: "Member" })).toBeChecked();
  await dialog.getByRole("radio", { name: "Admin" }).check();
  await expect(dialog.getByText("An Admin can do everything here")).toBeVisible();
  const name = freshName("Lost");
  await dialog.getByLabel("Name", { exact: true }).fill(name);
  await dialog.getByLabel("E-mail").fill(`${name.replaceAll(" ", ".")}@example.com`);
  let cut = 0;
  await page.route("**/api/users", async (route) => {
    if (route.request().method() !== "POST" || cut++ > 0) return route.continue();
    await route.fetch();
    await route.abort("connectionreset");
  });
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("heading", { name: "Copy the link now" })).toBeFocused();
  expect((await (await api.get("/api/users", { params: { search: name } })).json()).total).toBe(1);
});
