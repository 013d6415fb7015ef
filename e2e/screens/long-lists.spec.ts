import type { APIRequestContext, Page } from "@playwright/test";
import { expectAccessible } from "@/e2e/axe";
import { expect, test } from "@/e2e/fixtures";
import { expectAnnounced } from "@/e2e/fleeting";

/* Lists whose total nobody has counted: the server says that it is an estimate, and the page says "about". */

const usersPath = "/settings/security/users";

/** Answers as if the one user that there is stood among very many. */
async function pretendMany(page: Page, api: APIRequestContext, total: number, shown: number): Promise<void> {
  const [user] = (await (await api.get("/api/users?size=1")).json()).items;
  const items = Array.from({ length: shown }, (_, n) => ({ ...user, id: 1_000 + n }));
  await page.route("**/api/users?*", (route) =>
    route.fulfill({ json: { items, total, total_is_estimate: true, page: 1, size: 25 } }),
  );
}

test("an estimate is told as one, and a full page has one after it whatever it says", async ({
  adminPage: page,
  api,
}) => {
  await pretendMany(page, api, 1_000_000, 25);
  await page.goto(usersPath);
  await page.getByRole("searchbox", { name: "Search users" }).fill("ada");
  const pages = page.getByRole("navigation", { name: "Pages of users" });
  await expect(pages).toContainText("1–25 of about 1,000,000");
  await expectAnnounced(page, "about 1,000,000 users, newest first");
  await expect(pages.getByRole("button", { name: "Next" })).not.toHaveAttribute("aria-disabled", "true");
  await expectAccessible(page);
  await page.setViewportSize({ width: 1280, height: 800 });
  await pages.getByRole("button", { name: "Next" }).click();
  await expect(pages).toContainText("26–50 of about 1,000,000");
});

test("where a page isn't full the list ends, whatever the estimate says", async ({
  adminPage: page,
  api,
}) => {
  await pretendMany(page, api, 20_000, 7);
  await page.goto(usersPath);
  await page.getByRole("searchbox", { name: "Search users" }).fill("ada");
  const pages = page.getByRole("navigation", { name: "Pages of users" });
  await expect(pages).toContainText("1–7 of about 20,000");
  await expect(pages.getByRole("button", { name: "Next" })).toHaveAttribute("aria-disabled", "true");
});
