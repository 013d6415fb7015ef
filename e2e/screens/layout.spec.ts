import type { Page } from "@playwright/test";
import { Client } from "pg";
import { expect, test } from "@/e2e/fixtures";
import { makeService, makeTeam, openRow, provision, teamsPath, usersPath } from "@/e2e/screens/accounts";
import { newToken, onDatabase, use } from "@/e2e/screens/token-steps";
import { openWizard } from "@/e2e/screens/wizard-steps";

/*
 * What stays where it is: nobody should reach for a button that moves away under the pointer.
 */

test.use({ viewport: { width: 1280, height: 800 } });

/** Takes up no more room than names do, and is in no other. */
let made = 100;
const shortName = (what: string) => `${what} ${++made}`;

/** Where each column of the page's tables begins. */
async function columnsOf(page: Page): Promise<number[]> {
  await fontsOf(page);
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

test("a name of twenty letters with two badges and its ID are two lines", async ({
  adminPage: page,
  api,
}) => {
  const robot = await makeService(api, { name: `Pipeline Import ${Date.now() % 10_000}`.padEnd(20, "e") });
  const one = await (await openRow(page, robot.name)).boundingBox();
  await api.patch(`/api/users/${robot.id}`, { data: { active: false } });
  const row = await openRow(page, robot.name);
  await expect(row).toContainText("Deactivated");
  expect((await row.boundingBox())?.height).toBe(one?.height);
});

test("a team with a long name takes no third line of a row: it is behind the number of the others", async ({
  adminPage: page,
  api,
}) => {
  const robot = await makeService(api, { name: `Mirror ${Date.now() % 1000}` });
  const short = await (await openRow(page, robot.name)).boundingBox();
  const team = await makeTeam(api, { name: `Working group of everybody who ${Date.now()}`.padEnd(100, "o") });
  await api.patch(`/api/users/${robot.id}`, { data: { teams: [team.name] } });
  const row = await openRow(page, robot.name);
  const others = row.getByRole("button", { name: `+1 more teams of ${robot.name}` });
  await expect(others).toBeVisible();
  expect((await row.boundingBox())?.height).toBe(short?.height);
  await others.click();
  await expect(row).toContainText(team.name);
});

test("a word that is longer than the form is wide is whole in the list of teams", async ({
  adminPage: page,
  api,
}) => {
  const team = await makeTeam(api, { name: `Donaudampfschiff${Date.now()}`.padEnd(100, "o") });
  const dialog = await openWizard(page);
  const label = dialog.getByText(team.name);
  await expect(label).toBeVisible();
  const hidden = await label.evaluate((text) => {
    const list = text.closest("ul") as HTMLElement;
    return list.scrollWidth - list.clientWidth;
  });
  expect(hidden).toBe(0);
});

test("a long name on its page leaves the button beside it where it is", async ({ adminPage: page, api }) => {
  const edit = page.getByRole("button", { name: "Edit", exact: true });
  const short = await makeTeam(api);
  await page.goto(`${teamsPath}/${short.id}`);
  const place = await edit.boundingBox();
  const long = await makeTeam(api, {
    name: `Everybody who looks after ${Date.now()}`.padEnd(100, " or not"),
  });
  await page.goto(`${teamsPath}/${long.id}`);
  expect((await edit.boundingBox())?.x).toBe(place?.x);
});

test("a long ID has its copy button beside it on a phone", async ({ adminPage: page, api }) => {
  await page.setViewportSize({ width: 390, height: 800 });
  const robot = await makeService(api, { name: `Reconciliation ${Date.now()}`.padEnd(100, " of stock") });
  await page.goto(`${usersPath}/${robot.id}`);
  const [id, copy] = [
    await page.getByText(robot.user_id, { exact: true }).first().boundingBox(),
    await page.getByRole("button", { name: "Copy ID" }).boundingBox(),
  ];
  expect(copy?.y).toBeLessThan((id?.y ?? 0) + (id?.height ?? 0));
});

test("when a token ends soon stands on one line", async ({ adminPage: page, api, server }) => {
  const robot = await makeService(api, { name: `Soon ${Date.now() % 1000}` });
  await onDatabase(
    server,
    "update tokens set expires_at = now() + interval '11 hours 10 minutes' where user_id = $1",
    [robot.id],
  );
  const warning = (await openRow(page, robot.name)).getByText("Expires in 11 hours");
  await expect(warning).toBeVisible();
  expect((await warning.boundingBox())?.height).toBeLessThan(20);
});

test("the longest of times and two teams take no third line of a row", async ({
  adminPage: page,
  api,
  server,
}) => {
  const robot = await makeService(api, { name: shortName("Sync"), teams: ["Data Engineering"] });
  const short = await (await openRow(page, robot.name)).boundingBox();
  await onDatabase(server, "update users set created_at = now() - interval '57 minutes' where id = $1", [
    robot.id,
  ]);
  const row = await openRow(page, robot.name);
  const time = row.getByText(/^5[789] minutes ago$/);
  await expect(time).toBeVisible();
  expect((await time.boundingBox())?.height).toBeLessThan(24);
  expect((await row.boundingBox())?.height).toBe(short?.height);
});

for (const width of [1280, 390])
  test(`what stands in for a list that loads has its heads where they stay, at ${width} px`, async ({
    adminPage: page,
    api,
    anonymous,
    server,
  }) => {
    await page.setViewportSize({ width, height: 800 });
    const { team } = await provision(api, anonymous);
    // The page can't read on while somebody else has the members for themselves.
    const other = new Client({ connectionString: server.databaseUrl });
    await other.connect();
    try {
      for (const path of [usersPath, `${teamsPath}?q=${encodeURIComponent(team.name)}`]) {
        await other.query("begin; lock table team_members in access exclusive mode");
        await page.goto(path, { waitUntil: "commit" });
        await expect(page.locator("tbody[aria-hidden] tr").first()).toBeVisible();
        const loading = await headsOf(page);
        await other.query("rollback");
        await expect(page.locator("tbody:not([aria-hidden]) tr").first()).toBeVisible();
        await page.waitForLoadState("networkidle");
        expect(await headsOf(page), path).toEqual(loading);
      }
    } finally {
      await other.end();
    }
  });

test("the tokens of an account load into the columns that stand in for them", async ({
  adminPage: page,
  api,
}) => {
  const robot = await makeService(api);
  let answer = () => {};
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route("**/api/user-tokens?*", async (route) => {
    await answered;
    await route.continue();
  });
  await page.goto(`${usersPath}/${robot.id}`);
  const tokens = page.getByRole("table", { name: "Tokens" });
  await expect(tokens.locator("tbody[aria-hidden] tr").first()).toBeVisible();
  const loading = await headsOf(page, tokens);
  answer();
  await expect(tokens.getByRole("row", { name: /production/ })).toBeVisible();
  expect(await headsOf(page, tokens)).toEqual(loading);
});

/** Where the heads of a table stand, and how the cells beneath them lie. */
async function headsOf(page: Page, table = page.getByRole("table").first()): Promise<number[][]> {
  await fontsOf(page);
  return table.locator("thead tr > *, tbody tr:first-child > :is(th, td)").evaluateAll((cells) =>
    cells.map((cell) => {
      const { left, top, width } = cell.getBoundingClientRect();
      // How high a row is hangs on what is in it.
      return [left, cell.closest("thead") ? top : 0, width].map(Math.round);
    }),
  );
}

/** Until all are there: only then are texts as wide as they will be. */
function fontsOf(page: Page): Promise<void> {
  return page.evaluate(() => document.fonts.ready.then(() => undefined));
}
