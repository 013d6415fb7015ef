import type { APIRequestContext } from "@playwright/test";
import { expectAccessible } from "@/e2e/axe";
import { expect, test } from "@/e2e/fixtures";

const password = "a password of my own choice";

async function createPerson(api: APIRequestContext): Promise<{ email: string; link: string }> {
  const email = `new-${Date.now()}@example.com`;
  const created = await api.post("/api/users", {
    data: { user_type: "User", name: "New Person", email, role: "Member" },
  });
  const { url } = (await created.json()).password_link;
  return { email, link: new URL(url).pathname + new URL(url).hash };
}

test("a one-time link sets a password, once", async ({ page, api }) => {
  const { email, link } = await createPerson(api);
  await page.goto(link);
  await expect(page).toHaveURL("/set-password");
  await page.getByLabel("New password").fill("too short");
  await page.getByRole("button", { name: "Set password" }).click();
  await expect(page.getByLabel("New password")).toBeFocused();
  await expect(page.getByLabel("New password")).toHaveAccessibleDescription(/Use at least 12 characters\.$/);
  await expectAccessible(page);

  await page.getByLabel("New password").fill(password);
  await page.getByRole("button", { name: "Set password" }).click();
  await expect(page.getByText("Your password is set. Sign in with it.")).toBeVisible();
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("button", { name: "Account of New Person" })).toBeVisible();

  await page.goto(link);
  await page.getByLabel("New password").fill("another password altogether");
  await page.getByRole("button", { name: "Set password" }).click();
  await expect(page.getByText("This link is no longer valid.")).toBeVisible();
});

test("without a link the page says how it works", async ({ page }) => {
  await page.goto("/set-password");
  await expect(page.getByText("This page works through the link you were given")).toBeVisible();
  await expect(page.getByLabel("New password")).toHaveCount(0);
  await expectAccessible(page);
});
