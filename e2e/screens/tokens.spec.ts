import type { APIRequestContext, Page } from "@playwright/test";
import { Client } from "pg";
import { expectAccessible } from "@/e2e/axe";
import { expect, signInAs, startTestServer, type TestServer, test } from "@/e2e/fixtures";
import { expectAnnounced } from "@/e2e/fleeting";
import { collectFaults } from "@/e2e/page-faults";
import { reopen } from "@/e2e/page-life";
import { signInAsNew } from "@/e2e/people";
import { uniqueName } from "@/e2e/screens/token-steps";

const rowOf = (page: Page, name: string) => page.getByRole("row").filter({ hasText: name });

async function createAccount(api: APIRequestContext, name: string): Promise<number> {
  const created = await api.post("/api/users", { data: { name, role: "Member" } });
  return (await created.json()).id;
}

async function createToken(api: APIRequestContext, userId: number, name: string, days: number | null) {
  const created = await api.post("/api/user-tokens", {
    data: { name, user_id: userId, expires_in_days: days },
  });
  return (await created.json()) as { id: number; bearer_token: string; hint: string };
}

test("lists service tokens with owner, status, expiry and use, and never the secret", async ({
  adminPage: page,
  api,
}) => {
  const faults = collectFaults(page);
  const stem = uniqueName("list");
  const owner = await createAccount(api, `Owner ${stem}`);
  const { bearer_token, hint } = await createToken(api, owner, `${stem}-production`, 90);
  await createToken(api, owner, `${stem}-for-ever`, null);
  await createToken(api, owner, `${stem}-soon`, 10);

  await page.goto(`/settings/tokens?q=${stem}-`);
  await expect(page).toHaveTitle("Tokens · Latchkey");
  const row = rowOf(page, `${stem}-production`);
  await expect(row.getByRole("rowheader")).toContainText(hint);
  await expect(row).toContainText(`owner_${stem.replace("-", "")}@service`);
  await expect(row).toContainText("Active");
  await expect(row).toContainText(/\d{1,2} \w{3} \d{4} \(in 90 days\)/);
  await expect(row).toContainText("Not used");
  await expect(rowOf(page, `${stem}-for-ever`)).toContainText("Never");
  await expect(rowOf(page, `${stem}-soon`)).toContainText("Expiring");
  expect(await page.content()).not.toContain(bearer_token);
  await expectAccessible(page);
  expect(faults).toEqual([]);
});

test("states are told in words and by a shape of their own, not by colour alone", async ({
  adminPage: page,
  api,
  server,
}) => {
  const stem = uniqueName("state");
  const owner = await createAccount(api, `Owner ${stem}`);
  const expired = await createToken(api, owner, `${stem}-expired`, 1);
  const revoked = await createToken(api, owner, `${stem}-revoked`, 90);
  await onDatabase(
    server,
    "update tokens set expires_at = now() - interval '1 day' where id = $1",
    expired.id,
  );
  await onDatabase(server, "update tokens set revoked_at = now() where id = $1", revoked.id);

  await createToken(api, owner, `${stem}-active`, 90);
  await createToken(api, owner, `${stem}-expiring`, 7);

  await page.emulateMedia({ forcedColors: "active" });
  await page.goto(`/settings/tokens?q=${stem}-`);
  const shapes = new Set<string>();
  for (const [token, state] of [
    [`${stem}-active`, "Active"],
    [`${stem}-expiring`, "Expiring"],
    [`${stem}-expired`, "Expired"],
    [`${stem}-revoked`, "Revoked"],
  ] as const) {
    const badge = rowOf(page, token).getByText(state, { exact: true });
    shapes.add(await badge.locator("svg").innerHTML());
  }
  expect(shapes.size).toBe(4);
  await expect(rowOf(page, `${stem}-expired`).getByText("Expired", { exact: true })).toBeVisible();
  await expect(rowOf(page, `${stem}-revoked`).getByText("Revoked", { exact: true })).toBeVisible();
  await page.getByRole("combobox", { name: "Status" }).click();
  await page.getByRole("option", { name: "Revoked" }).click();
  await expect(rowOf(page, `${stem}-expired`)).toHaveCount(0);
  await expect(page).toHaveURL(`/settings/tokens?q=${stem}-&status=revoked`);
});

test("sort, page and search live in the address, and survive reload and Back", async ({
  adminPage: page,
  api,
}) => {
  const stem = uniqueName("paged");
  const owner = await createAccount(api, `Owner ${stem}`);
  for (let count = 0; count < 27; count++)
    await createToken(api, owner, `${stem}-${String(count).padStart(2, "0")}`, 30 + count);

  await page.goto("/settings/tokens");
  await page.getByRole("searchbox", { name: "Search tokens" }).fill(`${stem}-`);
  await expect(page).toHaveURL(`/settings/tokens?q=${stem}-`);
  // By keyboard: columns move under the pointer when rows come and go.
  await page.getByRole("button", { name: "Expires" }).press("Enter");
  await expectAnnounced(page, "27 tokens, soonest expiry first");
  await expect(page.getByRole("columnheader", { name: "Expires" })).toHaveAttribute("aria-sort", "ascending");
  await expect(page.getByRole("rowheader").first()).toContainText(`${stem}-00`);

  await page.getByRole("button", { name: "Next" }).click();
  await expect(page.getByRole("rowheader").first()).toContainText(`${stem}-25`);
  await expect(page.getByRole("heading", { name: "All tokens" })).toBeFocused();
  await reopen(page);
  await expect(page.getByRole("rowheader").first()).toContainText(`${stem}-25`);
  await expect(page).toHaveURL(`/settings/tokens?q=${stem}-&sort=expiration&page=2`);
  await page.goBack();
  await expect(page.getByRole("rowheader").first()).toContainText(`${stem}-00`);
  await page.goBack();
  await expect(page).toHaveURL(`/settings/tokens?q=${stem}-`);
});

test("what makes no sense in the address counts as absent", async ({ adminPage: page }) => {
  const faults = collectFaults(page);
  for (const search of [
    "?sort=x&status=foo&type=bar",
    "?page=0",
    "?page=-1&q=",
    `?q=${"x".repeat(3000)}`,
    "?q=%25_%5C",
    "?q=%00",
  ])
    await expect((await page.goto(`/settings/tokens${search}`))?.status(), search).toBe(200);
  await page.goto("/settings/tokens?page=999&sort=x");
  await expect(page.getByText("No tokens on page 999.")).toBeVisible();
  await page.getByRole("button", { name: "Go to the first page" }).click();
  await expect(page.getByRole("rowheader").first()).toBeVisible();
  expect(faults).toEqual([]);
});

test("a search without a match names it, and can be cleared", async ({ adminPage: page }) => {
  await page.goto("/settings/tokens?q=kafka");
  await expect(page.getByText("No tokens match 'kafka'")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Clear filters" }).click();
  await expect(page).toHaveURL("/settings/tokens");
  await expect(page.getByRole("rowheader").first()).toBeVisible();
});

test("a failure says what, and trying again works", async ({ adminPage: page }) => {
  await page.goto("/settings/tokens");
  await page.route("**/api/user-tokens?*", (route) =>
    route.fulfill({
      status: 500,
      contentType: "application/problem+json",
      headers: { "x-request-id": "the-request-id" },
      body: JSON.stringify({ code: "internal", detail: "Something went wrong inside Latchkey." }),
    }),
  );
  await page.getByRole("button", { name: "Name", exact: true }).click();
  await expect(page.getByText("The tokens could not be loaded.")).toBeVisible();
  await expect(page.getByText("the-request-id")).toBeVisible();
  await expectAccessible(page);
  await page.unroute("**/api/user-tokens?*");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("rowheader").first()).toBeVisible();
});

test("a session that has ended is renewed on the spot", async ({ page, api, server }) => {
  await signInAsNew(page, server.baseURL, api, "Admin");
  await page.goto("/settings/tokens?sort=name");
  await page.context().clearCookies();
  // By keyboard: columns move under the pointer when times turn from absolute to relative.
  await page.getByRole("button", { name: "Created" }).press("Enter");
  await expect(page.getByText("Your session has ended")).toBeVisible();
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("dialog", { name: "Sign in to continue" })).toBeVisible();
  await expect(page).toHaveURL("/settings/tokens");
});

test("others than administrators see their own Personal tokens only", async ({ page, api, server }) => {
  await signInAsNew(page, server.baseURL, api, "Editor");
  await page.goto("/settings/tokens?type=service");
  await expect(page.getByText("No tokens yet")).toBeVisible();
  await expect(page.getByText("A Personal token lets your own scripts call the API")).toBeVisible();
  await expect(page.getByText("A Service token lets")).toHaveCount(0);
  await expectAccessible(page);
  await expect(page.getByRole("group", { name: "View" })).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Security" })).toHaveCount(0);
});

for (const [timezoneId, offset] of [
  ["Asia/Kolkata", "UTC+5:30"],
  ["America/Los_Angeles", /UTC-[78]/],
] as const)
  test(`times are right in ${timezoneId}`, async ({ browser, server }) => {
    const page = await browser.newPage({ baseURL: server.baseURL, timezoneId });
    const faults = collectFaults(page);
    await signInAs(page, server.baseURL);
    await page.goto("/settings/tokens");
    const time = page.getByRole("row").nth(1).locator('[data-label="Created"]').getByRole("button");
    await time.focus();
    const tooltip = page.getByRole("tooltip");
    await expect(tooltip).toContainText(offset);
    const [local = "", utc = ""] = await tooltip.locator("span").allTextContents();
    expect(Date.parse(local.replace(/\(UTC(.*)\)/, (_, shift) => `GMT${padded(shift)}`))).toBe(
      Date.parse(utc),
    );
    expect(faults).toEqual([]);
    await page.close();
  });

test("an instance without tokens invites to add a service user", async ({ page }) => {
  const { server, stop } = await startTestServer();
  try {
    await onDatabase(server, "delete from tokens where $1 = $1", 0);
    await signInAs(page, server.baseURL);
    await page.goto(`${server.baseURL}/settings/tokens`);
    await expect(page.getByText("A Service token lets a pipeline")).toBeVisible();
    await expect(page.getByText("A Personal token lets your own scripts")).toBeVisible();
    await expect(page.getByRole("link", { name: "Add service user" })).toHaveAttribute(
      "href",
      "/settings/security/users?add=service-user",
    );
  } finally {
    await stop();
  }
});

/** "+5:30" as `Date.parse` takes it: "+0530". */
function padded(shift: string): string {
  const [, sign = "+", hours = "", minutes = "00"] = /([+-])(\d+)(?::(\d+))?/.exec(shift) ?? [];
  return `${sign}${hours.padStart(2, "0")}${minutes}`;
}

async function onDatabase({ databaseUrl }: TestServer, statement: string, value: number): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(statement, [value]);
  } finally {
    await client.end();
  }
}
