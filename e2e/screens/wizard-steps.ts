import { type APIRequestContext, expect, type Locator, type Page } from "@playwright/test";

/*
 * The way through the wizard, for tests that are about some point of it.
 */

let made = 0;

/** A name that no other test uses. */
export function freshName(what = "Pipeline"): string {
  return `${what} ${Date.now().toString(36)}${++made}`;
}

/** The dialog; the questions it may ask on top of itself are `alertdialog`s. */
export const dialogOf = (page: Page): Locator => page.getByRole("dialog");

export const addButton = (page: Page): Locator => page.getByRole("button", { name: "Add", exact: true });

/** Settings → Security → Add → Service User. */
export async function openWizard(page: Page): Promise<Locator> {
  await page.goto("/settings/security/users");
  await addButton(page).click();
  await page.getByRole("menuitem", { name: "Service User" }).click();
  const dialog = dialogOf(page);
  await expect(dialog.getByLabel("Name", { exact: true })).toBeFocused();
  return dialog;
}

/** Fills in the first step and goes on. */
export async function toTokenStep(dialog: Locator, name: string): Promise<void> {
  await dialog.getByLabel("Name", { exact: true }).fill(name);
  await dialog.getByRole("button", { name: "Next" }).click();
  await expect(dialog.getByRole("heading", { name: "Step 2 of 2" })).toBeFocused();
}

/** All the way, with what is preselected. */
export async function toReveal(page: Page, name: string): Promise<{ dialog: Locator; token: string }> {
  const dialog = await openWizard(page);
  await toTokenStep(dialog, name);
  await dialog.getByRole("button", { name: "Finish" }).click();
  await expect(dialog.getByRole("heading", { name: "Copy your token now" })).toBeFocused();
  return { dialog, token: await shownToken(dialog) };
}

/** The token that the dialog shows. */
export async function shownToken(dialog: Locator): Promise<string> {
  const token = await dialog.getByRole("group", { name: "Token" }).textContent();
  expect(token).toMatch(/^lk_(svc|scim)_[0-9A-Za-z]{49}$/);
  return token ?? "";
}

/** From the open first step to the end, with the token copied. */
export async function finish(page: Page, name: string): Promise<void> {
  const dialog = dialogOf(page);
  await toTokenStep(dialog, name);
  await dialog.getByRole("button", { name: "Finish" }).click();
  await shownToken(dialog);
  await closeReveal(page);
}

/** Copies what the dialog shows, a token unless told, and is done. */
export async function closeReveal(page: Page, what = "token"): Promise<void> {
  const dialog = dialogOf(page);
  await dialog.getByRole("button", { name: `Copy ${what}` }).click();
  // It is copied some time after the press: who is done before that is asked.
  await expect(dialog.getByText("Copied", { exact: true })).toBeVisible();
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(dialog).toBeHidden();
}

interface Account {
  id: number;
  user_id: string;
  name: string;
  teams: string[];
}

/** The one account of that name. */
export async function accountNamed(api: APIRequestContext, name: string): Promise<Account> {
  const { items } = await (await api.get("/api/users", { params: { search: name } })).json();
  expect(items).toHaveLength(1);
  return items[0];
}

export async function tokensOf(
  api: APIRequestContext,
  userId: number,
): Promise<{ name: string; expiration: string }[]> {
  return (await (await api.get("/api/user-tokens/service", { params: { user_id: userId } })).json()).items;
}
