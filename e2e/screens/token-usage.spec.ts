import { expectAccessible } from "@/e2e/axe";
import { expect, signInAs, startTestServer, test } from "@/e2e/fixtures";
import { collectFaults } from "@/e2e/page-faults";
import { reopen } from "@/e2e/page-life";
import { newToken, onDatabase, rowOf, use } from "@/e2e/screens/token-steps";

test("an unused token says so; after one call its last use shows within a minute, without a reload", async ({
  adminPage: page,
  api,
}) => {
  await page.clock.install();
  const { id, name, secret } = await newToken(api);
  await page.goto(`/settings/tokens?q=${name}`);
  await expect(rowOf(page, name)).toContainText("Not used");
  expect(await use(page, secret, "curl/8.5.0")).toBe(200);
  await expect
    .poll(async () => (await (await api.get(`/api/user-tokens/${id}`)).json()).last_used_ip)
    .toBe("127.0.0.1");
  await page.clock.runFor(45_000);
  await expect(rowOf(page, name)).toContainText("127.0.0.1");
  await expect(rowOf(page, name)).not.toContainText("Not used");
});

test("a dead token that is still called names the forgotten client on its row", async ({
  adminPage: page,
  api,
}) => {
  const { id, name, secret } = await newToken(api);
  await use(page, secret, "catalog-sync/2.0");
  await api.put(`/api/user-tokens/${id}`, { data: { revoke: true } });
  for (let times = 0; times < 2; times++) await use(page, secret, "catalog-sync/2.0");
  await expect
    .poll(async () => (await (await api.get(`/api/user-tokens/${id}`)).json()).refused_count)
    .toBe(2);
  await page.goto(`/settings/tokens?q=${name}`);
  await expect(rowOf(page, name)).toContainText(
    /Still called (just now|\d+ minutes? ago) by catalog-sync\/2 from 127\.0\.0\.1: 2 calls refused/,
  );
  await expect(rowOf(page, name).getByRole("img")).toHaveAccessibleName(
    "1 call in 30 days, 2 refused, 3 in the last 7 after 0 in the 7 before",
  );
  await expectAccessible(page);
});

test("usage that can't be had says so, and costs the list nothing", async ({ adminPage: page, api }) => {
  const { name } = await newToken(api);
  await page.route("**/api/user-tokens/usage*", (route) =>
    route.fulfill({ status: 403, contentType: "application/problem+json", body: "{}" }),
  );
  await page.goto(`/settings/tokens?q=${name}`);
  await expect(rowOf(page, name)).toContainText("Usage unavailable");
  await expect(rowOf(page, name)).toContainText("Active");
});

test("the counters are filters, there only while they count something", async ({ page }) => {
  const { server, stop } = await startTestServer();
  try {
    const faults = collectFaults(page);
    await signInAs(page, server.baseURL);
    const at = (search: string) => `${server.baseURL}/settings/tokens${search}`;
    const attention = page.getByRole("group", { name: "Needs attention" });
    await onDatabase(server, "update tokens set last_used_at = now()", []);
    await page.goto(at(""));
    await expect(page.getByRole("rowheader")).toHaveCount(1);
    await expect(attention).toHaveCount(0);

    await onDatabase(
      server,
      `insert into tokens (user_id, type, name, name_key, hash, last_four, created_at, expires_at, revoked_at, last_refused_at)
       select user_id, type, made.name, made.name, made.name::bytea, 'xxxx', now(), made.expires_at, made.revoked_at, made.refused_at
       from tokens, (values
         ('soon', now() + interval '3 days', null::timestamptz, null::timestamptz),
         ('late', now() + interval '90 days', now() - interval '2 days', now() - interval '1 day'),
         ('idle', null, null, null)) as made (name, expires_at, revoked_at, refused_at)`,
      [],
    );
    await page.reload();
    await expect(attention.getByRole("button")).toHaveText([
      "1 expiring in 14 days",
      "1 expired or revoked, still being called",
      "2 never used",
    ]);
    await expectAccessible(page);
    await page.setViewportSize({ width: 1280, height: 800 });

    const still = attention.getByRole("button", { name: "still being called" });
    await still.press("Enter");
    await expect(page).toHaveURL(at("?status=still-called"));
    await expect(still).toHaveAttribute("aria-pressed", "true");
    await expect(page.getByRole("rowheader")).toHaveText([/^late/]);
    await attention.getByRole("button", { name: "never used" }).press("Enter");
    await expect(page.getByRole("rowheader")).toHaveCount(2);
    await reopen(page);
    await expect(page.getByRole("rowheader")).toHaveCount(2);
    await attention.getByRole("button", { name: "never used" }).press("Enter");
    await expect(page).toHaveURL(at(""));
    await page.goBack();
    await expect(page).toHaveURL(at("?status=never-used"));
    expect(faults).toEqual([]);
  } finally {
    await stop();
  }
});

test("All, Service and Personal are views of their own", async ({ adminPage: page, api }) => {
  const { name } = await newToken(api);
  await page.goto(`/settings/tokens?q=${name}`);
  const view = page.getByRole("group", { name: "View" });
  await expect(view.getByRole("button", { name: "All" })).toHaveAttribute("aria-pressed", "true");
  await view.getByRole("button", { name: "Service" }).press("Enter");
  await expect(page).toHaveURL(`/settings/tokens?q=${name}&type=service`);
  await expect(rowOf(page, name)).toBeVisible();
  await view.getByRole("button", { name: "Personal" }).press("Enter");
  await expect(page.getByText(`No tokens match '${name}'`)).toBeVisible();
  await page.goBack();
  await expect(rowOf(page, name)).toBeVisible();
});
