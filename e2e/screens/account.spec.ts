import { expectAccessible } from "@/e2e/axe";
import { administrator, expect, signInAs, test } from "@/e2e/fixtures";
import { expectToast } from "@/e2e/fleeting";
import { collectFaults } from "@/e2e/page-faults";
import { personPassword, signInAsNew } from "@/e2e/people";

const newPassword = "a newer and longer password";

test("says who one is", async ({ adminPage: page }) => {
  const faults = collectFaults(page);
  await page.goto("/settings/connections");
  await page.getByRole("button", { name: `Account of ${administrator.name}` }).click();
  await page.getByRole("menuitem", { name: "Your account" }).click();
  await expect(page.getByRole("heading", { name: "Your account", level: 1 })).toBeFocused();
  await expect(page).toHaveTitle("Your account · Latchkey");
  const main = page.getByRole("main");
  for (const fact of [administrator.email, "Admin", "Public"])
    await expect(main.getByRole("definition").getByText(fact, { exact: true })).toBeVisible();
  await expectAccessible(page);
  expect(faults).toEqual([]);
});

test("changing the password ends the other sessions and keeps this one", async ({
  page,
  browser,
  api,
  server,
}) => {
  const person = await signInAsNew(page, server.baseURL, api, "Member");
  const elsewhere = await browser.newPage({ baseURL: server.baseURL });
  await signInAs(elsewhere, server.baseURL, { email: person.email, password: personPassword });

  await page.goto("/settings/account");
  await page.getByLabel("Current password").fill("not my password");
  await page.getByLabel("New password").fill(newPassword);
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByLabel("Current password")).toBeFocused();
  await expect(page.getByLabel("Current password")).toHaveAccessibleDescription(
    "This is not your current password.",
  );

  await page.getByLabel("Current password").fill(personPassword);
  await page.getByRole("button", { name: "Change password" }).click();
  const notice = page.getByText("Your password is changed. Your other sessions have ended.");
  await expect(notice).toBeVisible();
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain("is changed");
  await expect(page.getByLabel("New password")).toHaveValue("");
  await expectAccessible(page);

  await page.reload();
  await expect(page.getByRole("heading", { name: "Your account", level: 1 })).toBeVisible();
  await elsewhere.goto("/settings/account");
  await expect(elsewhere).toHaveURL("/sign-in?next=%2Fsettings%2Faccount");
  await signInAs(elsewhere, server.baseURL, { email: person.email, password: newPassword });
  await elsewhere.close();
});

test("signing out ends the session, and Back shows nothing of it", async ({ page, api, server }) => {
  const person = await signInAsNew(page, server.baseURL, api, "Member");
  await page.goto("/settings/connections");
  await page.goto("/settings/account");
  await page.getByRole("button", { name: `Account of ${person.name}` }).click();
  await page.getByRole("menuitem", { name: "Sign out", exact: true }).click();
  await expect(page.getByText("You are signed out.")).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(/\/sign-in/);
});

test("a sign-out that doesn't arrive says that one is still signed in", async ({ adminPage: page }) => {
  await page.goto("/settings/account");
  await page.route("**/api/session", (route) => route.abort());
  await page.getByRole("button", { name: `Account of ${administrator.name}` }).click();
  await page.getByRole("menuitem", { name: "Sign out", exact: true }).click();
  await expectToast(page, "You are still signed in. The server can't be reached.");
});

test("signing out everywhere asks first, then ends every session", async ({ page, browser, api, server }) => {
  const person = await signInAsNew(page, server.baseURL, api, "Member");
  const elsewhere = await browser.newPage({ baseURL: server.baseURL });
  await signInAs(elsewhere, server.baseURL, { email: person.email, password: personPassword });

  await page.goto("/settings/account");
  await page.getByRole("button", { name: "Sign out everywhere…" }).click();
  const question = page.getByRole("alertdialog", { name: "Sign out everywhere?" });
  await expect(question.getByRole("button", { name: "Stay signed in" })).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Sign out everywhere…" })).toBeFocused();

  await page.getByRole("button", { name: "Sign out everywhere…" }).click();
  await question.getByRole("button", { name: "Sign out everywhere" }).click();
  await expect(page.getByText("You are signed out everywhere.")).toBeVisible();
  await elsewhere.goto("/settings/account");
  await expect(elsewhere).toHaveURL(/\/sign-in/);
  await elsewhere.close();
});

test("the theme is kept, and rendered by the server", async ({ adminPage: page }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto("/settings/account");
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await page.getByRole("radiogroup", { name: "Theme" }).getByLabel("Dark").check();
  await expect.poll(ground).not.toBe(light);
  const html = await (await page.request.get("/settings/account")).text();
  expect(html).toContain('data-theme="dark"');
  await page.reload();
  await expect(page.getByRole("radiogroup", { name: "Theme" }).getByLabel("Dark")).toBeChecked();
});
