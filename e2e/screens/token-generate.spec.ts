import type { Page } from "@playwright/test";
import { expectAccessible } from "@/e2e/axe";
import { administrator, expect, test } from "@/e2e/fixtures";
import { collectFaults } from "@/e2e/page-faults";
import { signInAsNew } from "@/e2e/people";
import { act, newToken, onDatabase, rowOf, uniqueName, use } from "@/e2e/screens/token-steps";
import { expectNowhere } from "@/e2e/screens/traces";

const dialogOf = (page: Page) => page.getByRole("dialog");
const nameOf = (page: Page) => dialogOf(page).getByLabel("Name", { exact: true });

async function revealedToken(page: Page): Promise<string> {
  await expect(dialogOf(page).getByRole("heading", { name: "Copy your token now" })).toBeFocused();
  return (await dialogOf(page).getByRole("group", { name: "Token" }).textContent()) ?? "";
}

async function saveAndClose(page: Page): Promise<void> {
  await dialogOf(page).getByRole("button", { name: "Copy token" }).press("Enter");
  await expect(dialogOf(page).getByText("Copied", { exact: true })).toBeVisible();
  await dialogOf(page).getByRole("button", { name: "Done" }).press("Enter");
  await expect(dialogOf(page)).toBeHidden();
}

test("a Service token, by keyboard alone: the service user is found by typing", async ({
  adminPage: page,
  api,
}) => {
  const faults = collectFaults(page);
  const other = await newToken(api);
  await page.goto(`/settings/tokens?q=${other.name}`);
  await page.getByRole("button", { name: "Generate Token" }).press("Enter");
  await expect(page).toHaveURL(`/settings/tokens?q=${other.name}&add=token`);
  await expect(dialogOf(page).getByRole("radio", { name: "Service" })).toBeFocused();
  await expectAccessible(page);
  await page.setViewportSize({ width: 1280, height: 800 });

  await page.keyboard.press("Tab");
  const picker = dialogOf(page).getByLabel("Service User");
  await expect(picker).toBeFocused();
  await page.keyboard.type(other.name);
  await expect(page.getByRole("option")).toHaveCount(1);
  await expectAccessible(page);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(picker).toHaveValue(other.account.name);
  await expect(page.getByRole("option")).toHaveCount(0);

  await page.keyboard.press("Tab");
  await expect(nameOf(page)).toBeFocused();
  await expect(nameOf(page)).toHaveValue(/-2$/);
  const name = `${other.name}-more`;
  await nameOf(page).fill(name);
  await expect(dialogOf(page).getByLabel("Expiration")).toContainText("90 days");
  await page.keyboard.press("Enter");
  const secret = await revealedToken(page);
  expect(secret).toMatch(/^lk_svc_/);
  await expect(dialogOf(page).getByRole("term").filter({ hasText: "Access" }).locator("+ dd")).toHaveText(
    "Member · 1 team",
  );
  await expectAccessible(page);
  await page.setViewportSize({ width: 1280, height: 800 });
  await saveAndClose(page);
  await expect(page.getByRole("button", { name: "Generate Token" })).toBeFocused();
  await expect(rowOf(page, name)).toContainText("Active");
  expect(await use(page, secret, "curl/8")).toBe(200);
  await expectNowhere(page, secret);
  await page.goBack();
  await expect(dialogOf(page)).toBeHidden();
  await expectNowhere(page, secret);
  await page.reload();
  await expectNowhere(page, secret);
  expect(faults).toEqual([]);
});

test("Esc in the open list closes the list alone; nothing typed is no reason to ask", async ({
  adminPage: page,
}) => {
  await page.goto("/settings/tokens?add=token");
  const picker = dialogOf(page).getByLabel("Service User");
  await picker.click();
  await expect(page.getByRole("option").first()).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("option")).toHaveCount(0);
  await expect(dialogOf(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialogOf(page)).toBeHidden();
  await expect(page).toHaveURL("/settings/tokens");
});

test("without service user and name, both faults are summed up with links; then beside the field alone", async ({
  adminPage: page,
}) => {
  await page.goto("/settings/tokens?add=token");
  await dialogOf(page).getByRole("button", { name: "Generate" }).press("Enter");
  const message = "Choose the service user that the token is for.";
  await expect(dialogOf(page).getByText("There is a problem")).toBeVisible();
  await dialogOf(page).getByRole("link", { name: message }).press("Enter");
  await expect(dialogOf(page).getByLabel("Service User")).toBeFocused();
  await expect(dialogOf(page).getByLabel("Service User")).toHaveAttribute("aria-invalid", "true");
  await expectAccessible(page);
  await nameOf(page).fill("something");
  await dialogOf(page).getByRole("button", { name: "Generate" }).press("Enter");
  await expect(dialogOf(page).getByLabel("Service User")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("alertdialog", { name: "Discard this token?" })).toBeVisible();
});

test("a link names the service user: chosen beforehand, with a name for its next token", async ({
  adminPage: page,
  api,
}) => {
  const { account } = await newToken(api);
  await page.goto(`/settings/tokens?add=token&owner=${account.id}`);
  await expect(dialogOf(page).getByLabel("Service User")).toHaveValue(account.name);
  await expect(nameOf(page)).toHaveValue(/-2$/);
  await page.goto("/settings/tokens?add=token&owner=999999");
  await expect(page.getByText("999999").first()).toBeVisible();
  await expect(page).toHaveURL("/settings/tokens");
});

test("a SCIM token says so, and a Personal one is never one", async ({ adminPage: page, api }) => {
  const { account } = await newToken(api);
  await page.goto(`/settings/tokens?add=token&owner=${account.id}`);
  await dialogOf(page).getByLabel("SCIM Administration Token").check();
  await dialogOf(page).getByRole("radio", { name: "Personal" }).check();
  await expect(dialogOf(page).getByLabel("SCIM Administration Token")).toHaveCount(0);
  await expect(dialogOf(page).getByLabel("Service User")).toHaveCount(0);
  const name = uniqueName("mine");
  await nameOf(page).fill(name);
  await dialogOf(page).getByRole("button", { name: "Generate" }).press("Enter");
  expect(await revealedToken(page)).toMatch(/^lk_pat_/);
  await expect(dialogOf(page).getByRole("term").filter({ hasText: "Account" }).locator("+ dd")).toHaveText(
    administrator.name,
  );
  await saveAndClose(page);
  await page.goto(`/settings/tokens?type=personal&q=${name}`);
  await expect(rowOf(page, name)).toContainText(administrator.email);
});

test("others than administrators make Personal tokens, and nothing else is offered", async ({
  page,
  api,
  server,
}) => {
  const { email } = await signInAsNew(page, server.baseURL, api, "Editor");
  await page.goto("/settings/tokens?add=token");
  await expect(dialogOf(page).getByLabel("Type")).toHaveValue("Personal");
  await expect(dialogOf(page).getByRole("radio")).toHaveCount(0);
  await expect(dialogOf(page).getByLabel("Service User")).toHaveCount(0);
  await expectAccessible(page);
  await nameOf(page).fill("my script");
  await dialogOf(page).getByRole("button", { name: "Generate" }).press("Enter");
  const secret = await revealedToken(page);
  await saveAndClose(page);
  await expect(rowOf(page, "my script")).toContainText(email);
  expect(await use(page, secret, "curl/8")).toBe(200);
  await act(page, "my script", "Revoke…");
  await page.getByRole("alertdialog").getByRole("button", { name: "Revoke", exact: true }).press("Enter");
  await expect(rowOf(page, "my script").getByText("Revoked", { exact: true })).toBeVisible();
  expect(await use(page, secret, "curl/8")).toBe(401);
});

test("an administrator can revoke somebody's Personal token, but not rotate it", async ({
  page,
  adminPage,
  api,
  server,
  browser,
}) => {
  expect(page).toBe(adminPage);
  const theirs = await browser.newContext({ baseURL: server.baseURL });
  const other = await theirs.newPage();
  await signInAsNew(other, server.baseURL, api, "Member");
  const me = await (await other.request.get("/api/users/me")).json();
  const name = uniqueName("theirs");
  await other.request.post("/api/user-tokens", {
    data: { name, user_id: me.id, expires_in_days: 30 },
    headers: { origin: server.baseURL },
  });
  await theirs.close();
  await adminPage.goto(`/settings/tokens?q=${name}`);
  await adminPage.getByRole("button", { name: `Actions for ${name}` }).press("Enter");
  await expect(adminPage.getByRole("menuitem", { name: "Rotate…" })).toContainText(
    "Only its owner can rotate a Personal token",
  );
  await expect(adminPage.getByRole("menuitem", { name: "Revoke…" })).toBeEnabled();
});

test("Replace… of an expired token begins with its account and the next name", async ({
  adminPage: page,
  api,
  server,
}) => {
  const { id, name, account } = await newToken(api);
  await onDatabase(server, "update tokens set expires_at = now() - interval '1 day' where id = $1", [id]);
  await page.goto(`/settings/tokens?q=${name}`);
  await act(page, name, "Replace…");
  await expect(dialogOf(page).getByLabel("Service User")).toHaveValue(account.name);
  await expect(nameOf(page)).toHaveValue(`${name}-2`);
  await dialogOf(page).getByRole("button", { name: "Generate" }).press("Enter");
  await revealedToken(page);
  await saveAndClose(page);
  await expect(rowOf(page, `${name}-2`)).toContainText("Active");
});

test("what the filters hide is told, and shown", async ({ adminPage: page, api }) => {
  const { account } = await newToken(api);
  await page.goto(`/settings/tokens?status=revoked&add=token&owner=${account.id}`);
  const name = uniqueName("hidden");
  await nameOf(page).fill(name);
  await dialogOf(page).getByRole("button", { name: "Generate" }).press("Enter");
  await revealedToken(page);
  await saveAndClose(page);
  await expect(page.getByRole("main").getByText("Created, but hidden by your filters.")).toBeVisible();
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(rowOf(page, name)).toBeVisible();
  await expect(page).toHaveURL("/settings/tokens");
});
