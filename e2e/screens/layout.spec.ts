import type { Page } from "@playwright/test";
import { expect, test } from "@/e2e/fixtures";
import { makeService, openRow, teamsPath } from "@/e2e/screens/accounts";
import { newToken, onDatabase, use } from "@/e2e/screens/token-steps";

/*
 * What stays where it is: nobody should reach for a button that moves away under the pointer.
 */

test.use({ viewport: { width: 1280, height: 800 } });

/** Where each column of the page's tables begins. */
function columnsOf(page: Page): Promise<number[]> {
  return page
    .locator("th[scope=col]")
    .evaluateAll((heads) => heads.map((head) => Math.round(head.getBoundingClientRect().left)));
}

test("columns stay where the server has put them when times turn relative and usage comes in", async ({
  adminPage: page,
  browser,
  api,
  server,
}) => {
  const { secret, account } = await newToken(api, { what: "column" });
  await use(page, secret, "curl/8");
  await api.post(`/api/user-tokens/${(await tokenOf(account.id)).id}/rotation`, {
    data: { expires_in_days: 90 },
  });
  const still = await browser.newContext({
    baseURL: server.baseURL,
    viewport: { width: 1280, height: 800 },
    storageState: await page.context().storageState(),
  });
  const before = await still.newPage();
  // What the server sends, before any of our code runs.
  await before.route("**/_next/static/**/*.js", (route) => route.abort());
  for (const path of [
    "/settings/tokens",
    "/settings/security/users",
    teamsPath,
    `${teamsPath}/1`,
    "/settings/security/audit",
  ]) {
    await before.goto(path);
    await expect(before.locator("tbody time").first()).toContainText("UTC");
    await page.goto(path, { waitUntil: "networkidle" });
    await expect(page.locator("tbody time").first()).not.toContainText("UTC");
    expect(await columnsOf(page), path).toEqual(await columnsOf(before));
  }
  await still.close();

  async function tokenOf(userId: number): Promise<{ id: number }> {
    return (await (await api.get(`/api/user-tokens/service?user_id=${userId}`)).json()).items[0];
  }
});

test("the choice of a status takes the same room, whichever it is", async ({ adminPage: page }) => {
  const choice = page.getByRole("combobox", { name: "Status" });
  await page.goto("/settings/tokens", { waitUntil: "networkidle" });
  const whole = await choice.boundingBox();
  await page.goto("/settings/tokens?status=expired", { waitUntil: "networkidle" });
  expect(await choice.boundingBox()).toEqual(whole);
});

test("a name with two badges and its ID are two lines", async ({ adminPage: page, api }) => {
  const robot = await makeService(api, { name: `Importer ${Date.now() % 1000}` });
  const one = await (await openRow(page, robot.name)).boundingBox();
  await api.patch(`/api/users/${robot.id}`, { data: { active: false } });
  const row = await openRow(page, robot.name);
  await expect(row).toContainText("Deactivated");
  expect((await row.boundingBox())?.height).toBe(one?.height);
});

test("the longest of times and two teams take no third line of a row", async ({
  adminPage: page,
  api,
  server,
}) => {
  const robot = await makeService(api, { name: `Sync ${Date.now() % 1000}`, teams: ["Data Engineering"] });
  const short = await (await openRow(page, robot.name)).boundingBox();
  await onDatabase(server, "update users set created_at = now() - interval '57 minutes' where id = $1", [
    robot.id,
  ]);
  const row = await openRow(page, robot.name);
  const time = row.getByText("57 minutes ago");
  await expect(time).toBeVisible();
  expect((await time.boundingBox())?.height).toBeLessThan(24);
  expect((await row.boundingBox())?.height).toBe(short?.height);
});
