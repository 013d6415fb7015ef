import type { Page } from "@playwright/test";
import { expectAccessible } from "@/e2e/axe";
import { expect, test } from "@/e2e/fixtures";
import { collectFaults } from "@/e2e/page-faults";
import { personPassword, signInAsNew } from "@/e2e/people";
import { act, newToken, onDatabase, rowOf, use } from "@/e2e/screens/token-steps";
import { expectNowhere } from "@/e2e/screens/traces";
import { shownToken } from "@/e2e/screens/wizard-steps";

const dialogOf = (page: Page) => page.getByRole("dialog");

/** Rotates by keyboard, with what is preselected unless told. */
async function rotate(page: Page, name: string, end?: string): Promise<string> {
  await act(page, name, "Rotate…");
  const dialog = dialogOf(page);
  await expect(dialog.getByRole("radio", { name: "After 24 hours" })).toBeChecked();
  if (end) await dialog.getByRole("radio", { name: end }).press("Space");
  await dialog.getByRole("button", { name: "Rotate" }).press("Enter");
  await expect(dialog.getByRole("heading", { name: "Copy your token now" })).toBeFocused();
  return shownToken(dialog);
}

async function saveAndClose(page: Page): Promise<void> {
  await dialogOf(page).getByRole("button", { name: "Copy token" }).press("Enter");
  await expect(dialogOf(page).getByText("Copied", { exact: true })).toBeVisible();
  await dialogOf(page).getByRole("button", { name: "Done" }).press("Enter");
  await expect(dialogOf(page)).toBeHidden();
}

test("with 24 hours both authenticate, and the old row shows its end", async ({ adminPage: page, api }) => {
  const faults = collectFaults(page);
  const { name, secret } = await newToken(api);
  await page.goto(`/settings/tokens?q=${name}`);
  await act(page, name, "Rotate…");
  await expect(dialogOf(page)).toContainText("Ends ");
  await expectAccessible(page);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.keyboard.press("Escape");
  await expect(dialogOf(page)).toBeHidden();

  const successor = await rotate(page, name);
  await expectAccessible(page);
  await page.setViewportSize({ width: 1280, height: 800 });
  await saveAndClose(page);
  for (const token of [secret, successor]) expect(await use(page, token, "curl/8")).toBe(200);
  await expect(rowOf(page, name)).toContainText(`Replaced by ${name}-2 · ends in 1 day`);
  await expect(rowOf(page, name).getByText("Active", { exact: true })).toBeVisible();
  await expect(rowOf(page, `${name}-2`)).toContainText(`Replaces ${name}`);
  await page.getByRole("button", { name: `Actions for ${name}`, exact: true }).press("Enter");
  await expect(page.getByRole("menuitem", { name: "Rotate…" })).toContainText(
    `Replaced by ${name}-2 already`,
  );
  expect(faults).toEqual([]);
});

test("with Now (leaked) the old one gets 401 at once", async ({ adminPage: page, api }) => {
  const { name, secret } = await newToken(api);
  await page.goto(`/settings/tokens?q=${name}`);
  const successor = await rotate(page, name, "Now (leaked)");
  await saveAndClose(page);
  expect(await use(page, secret, "curl/8")).toBe(401);
  expect(await use(page, successor, "curl/8")).toBe(200);
  await expect(rowOf(page, name)).toContainText("Retired by its rotation");
});

test("a lost answer is asked for again: one successor, whose token is shown", async ({
  adminPage: page,
  api,
}) => {
  const { id, name, secret, account } = await newToken(api);
  await page.goto(`/settings/tokens?q=${name}`);
  let cut = 0;
  await page.route(`**/api/user-tokens/${id}/rotation`, async (route) => {
    if (cut++ > 0) return route.continue();
    await route.fetch();
    await route.abort("connectionreset");
  });
  const successor = await rotate(page, name);
  expect(cut).toBe(2);
  await saveAndClose(page);
  expect(await use(page, successor, "curl/8")).toBe(200);
  expect(await use(page, secret, "curl/8")).toBe(200);
  const held = await (await api.get(`/api/user-tokens?owner=all&type=All&user_id=${account.id}`)).json();
  expect(held.total).toBe(2);
});

test("after the dialog the new token is nowhere, and no way leads back to it", async ({
  adminPage: page,
  api,
}) => {
  const { name } = await newToken(api);
  await page.goto(`/settings/tokens?q=${name}`);
  const secret = await rotate(page, name);
  await page.keyboard.press("Escape");
  const question = page.getByRole("alertdialog", { name: "Close without saving the token?" });
  await expect(question.getByRole("button", { name: "Go back" })).toBeFocused();
  await page.keyboard.press("Enter");
  expect(await shownToken(dialogOf(page))).toBe(secret);
  await saveAndClose(page);

  const isNowhere = () => expectNowhere(page, secret);
  await isNowhere();
  await page.goBack();
  await isNowhere();
  await expect(dialogOf(page)).toBeHidden();
  await page.goForward();
  await expect(dialogOf(page)).toBeHidden();
  await page.reload();
  await isNowhere();
});

test("of a token that somebody else has rotated meanwhile is refused, and says so", async ({
  adminPage: page,
  api,
}) => {
  const { id, name } = await newToken(api);
  await page.goto(`/settings/tokens?q=${name}`);
  await act(page, name, "Rotate…");
  await expect(dialogOf(page)).toBeVisible();
  await api.post(`/api/user-tokens/${id}/rotation`, { data: { expires_in_days: 30 } });
  await dialogOf(page).getByRole("button", { name: "Rotate" }).press("Enter");
  await expect(dialogOf(page)).toContainText(`The token was rotated already: "${name}-2"`);
  await dialogOf(page).getByRole("button", { name: "Cancel" }).press("Enter");
  await expect(rowOf(page, name)).toContainText(`Replaced by ${name}-2`);
});

test("a session that ended meanwhile is renewed on the spot; what was chosen stays, and nothing is sent twice", async ({
  page,
  api,
  server,
}) => {
  const { email } = await signInAsNew(page, server.baseURL, api, "Admin");
  const { name, account } = await newToken(api);
  await page.goto(`/settings/tokens?q=${name}`);
  await act(page, name, "Rotate…");
  await dialogOf(page).getByRole("radio", { name: "After 7 days" }).press("Space");
  await page.context().clearCookies();
  await dialogOf(page).getByRole("button", { name: "Rotate" }).press("Enter");
  const signIn = page.getByRole("dialog", { name: "Sign in to continue" });
  await signIn.getByLabel("E-mail").fill(email);
  await signIn.getByLabel("Password", { exact: true }).fill(personPassword);
  await signIn.getByRole("button", { name: "Sign in" }).press("Enter");
  await expect(signIn).toBeHidden();
  await expect(dialogOf(page).getByRole("radio", { name: "After 7 days" })).toBeChecked();
  const held = `/api/user-tokens?owner=all&type=All&user_id=${account.id}`;
  expect((await (await api.get(held)).json()).total).toBe(1);
  await dialogOf(page).getByRole("button", { name: "Rotate" }).press("Enter");
  await shownToken(dialogOf(page));
  await saveAndClose(page);
  await expect(rowOf(page, name)).toContainText("ends in 7 days");
  expect((await (await api.get(held)).json()).total).toBe(2);
});

test("a name that is taken is told beside its field", async ({ adminPage: page, api }) => {
  const { name } = await newToken(api);
  await page.goto(`/settings/tokens?q=${name}`);
  await act(page, name, "Rotate…");
  const field = dialogOf(page).getByLabel("Name", { exact: true });
  await expect(field).toHaveValue(`${name}-2`);
  await field.fill(name);
  await dialogOf(page).getByRole("button", { name: "Rotate" }).press("Enter");
  await expect(field).toBeFocused();
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(dialogOf(page)).toContainText(`already has a token named "${name}"`);
});

test.describe("the card of a rotation", () => {
  test("names who hasn't moved, and retires the old one", async ({ adminPage: page, api, server }) => {
    const old = await newToken(api, { what: "carded" });
    const rotated = await api.post(`/api/user-tokens/${old.id}/rotation`, { data: { expires_in_days: 90 } });
    const successor = await rotated.json();
    // Ends first of all, so that its card stands first.
    await onDatabase(server, "update tokens set retires_at = now() + interval '5 minutes' where id = $1", [
      old.id,
    ]);
    await use(page, old.secret, "moved-sync/1");
    await use(page, successor.bearer_token, "moved-sync/1");
    await use(page, old.secret, "forgotten-sync/2.1");
    await expect
      .poll(async () => (await (await api.get(`/api/user-tokens/${old.id}/usage`)).json()).callers_total)
      .toBe(2);

    await page.goto("/settings/tokens");
    const card = page.getByRole("article", { name: `Rotation of ${old.name}` });
    await expect(card).toContainText(
      /Still called by forgotten-sync\/2 from 127\.0\.0\.1, (just now|\d+ minutes? ago)/,
    );
    await expect(card).toContainText(
      /Not seen with the new one: forgotten-sync\/2 from 127\.0\.0\.1 \((just now|\d+ minutes? ago)\)/,
    );
    await expect(card).not.toContainText("one: moved-sync");
    await expectAccessible(page);
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    await page.setViewportSize({ width: 1280, height: 800 });

    await onDatabase(server, "update tokens set last_used_at = now() - interval '6 hours' where id = $1", [
      old.id,
    ]);
    await page.reload();
    await expect(card).toContainText("The old one has been quiet for 6 hours");
    await card.getByRole("button", { name: "Retire old now" }).press("Enter");
    const question = page.getByRole("alertdialog", { name: `Retire ${old.name} now?` });
    await expect(question).toContainText(`${old.name}-2, which replaces it, goes on working.`);
    await question.getByRole("button", { name: "Retire now" }).press("Enter");
    await expect(question).toBeHidden();
    await expect(card).toBeHidden();
    expect(await use(page, old.secret, "forgotten-sync/2.1")).toBe(401);
    expect(await use(page, successor.bearer_token, "moved-sync/1")).toBe(200);
  });

  test("ends itself with the overlap", async ({ adminPage: page, api, server }) => {
    const old = await newToken(api, { what: "ending" });
    await api.post(`/api/user-tokens/${old.id}/rotation`, { data: { expires_in_days: 90 } });
    await onDatabase(server, "update tokens set retires_at = now() where id = $1", [old.id]);
    await page.goto(`/settings/tokens?q=${old.name}`);
    await expect(rowOf(page, old.name)).toContainText("Retired by its rotation");
    await page.goto("/settings/tokens");
    await expect(page.getByRole("article", { name: `Rotation of ${old.name}` })).toHaveCount(0);
  });
});
