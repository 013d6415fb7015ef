import type { Page } from "@playwright/test";
import { expectAccessible } from "@/e2e/axe";
import { createTestDatabase } from "@/e2e/database/cluster";
import { administrator, expect, signInAs, startTestServer, test } from "@/e2e/fixtures";
import { expectAnnounced } from "@/e2e/fleeting";
import { collectFaults } from "@/e2e/page-faults";
import { signInAsNew } from "@/e2e/people";
import { freePort, gatePid } from "@/e2e/server-process";
import { openSeverableConnection } from "@/e2e/severable-connection";

const checksOf = (page: Page) => page.getByRole("region", { name: "Checks" });
const findingOf = (page: Page, name: string) =>
  checksOf(page)
    .getByRole("listitem")
    .filter({ has: page.getByRole("heading", { name }) });

const again = (page: Page) => checksOf(page).getByRole("button", { name: "Check again" });

/** Checks again until it finds this: on a stalled machine an answer may come too late to count as one. */
async function checkUntil(page: Page, found: () => Promise<void>): Promise<void> {
  await expect(async () => {
    await again(page).click();
    await found();
  }).toPass();
}

/** For `checkUntil`: some more than a check takes. */
const oneCheck = { timeout: 3_000 };

test("shows where the API is, and copies it", async ({ adminPage: page, server, context }) => {
  const faults = collectFaults(page);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/settings/connections");
  await expect(page).toHaveTitle("Connections · Latchkey");
  await page.getByRole("button", { name: "Copy API base URL" }).click();
  await expectAnnounced(page, "API base URL copied");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`${server.baseURL}/api`);
  await page.getByRole("button", { name: "Copy curl command" }).click();
  await expectAnnounced(page, "Curl command copied");
  const command = await page.evaluate(() => navigator.clipboard.readText());
  expect(command).toContain(`curl -X POST ${server.baseURL}/api/users`);
  expect(command).toContain("Bearer $TOKEN");
  await expect(page.getByRole("link", { name: "OpenAPI document" })).toHaveAttribute(
    "href",
    "/api/openapi.json",
  );
  await expectAccessible(page);
  expect(faults).toEqual([]);
});

test("the command on it works as it stands", async ({ adminPage: page, anonymous, server }) => {
  await page.goto("/settings/connections");
  const command = (await page.getByRole("region", { name: "Curl command" }).textContent()) ?? "";
  const [, address = "", body = ""] = /curl -X POST (\S+).*-d '(.*)'/s.exec(command) ?? [];
  const answer = await anonymous.post(address, {
    headers: { authorization: `Bearer ${server.token}`, "content-type": "application/json" },
    data: body,
  });
  expect(answer.status()).toBe(201);
  expect((await answer.json()).token.bearer_token).toMatch(/^lk_svc_/);
});

test("proves that the API and the database are there, and says when it did", async ({
  adminPage: page,
  server,
}) => {
  await page.goto("/settings/connections");
  const checks = checksOf(page);
  const database = findingOf(page, "Database");
  await expect(checks).toContainText(/Checked \d+ s ago/);
  // Whether SCIM was asked before hangs on what else ran on this server.
  const news =
    /^API: Healthy\. Database: Healthy\. Gate: Not configured\. Clocks: Healthy\. SCIM: (Connected|Ready — no request received yet)\. TLS: Not configured\.$/;
  await checkUntil(page, () => expectAnnounced(page, news, oneCheck));
  await expect(again(page)).toBeFocused();
  await expect(findingOf(page, "API")).toContainText(/Within \d+ ms/);
  await expect(database).toContainText("Healthy");
  await expect(database).toContainText(/PostgreSQL \d+\.\d+/);
  await expect(database).toContainText(/Migrations\d+ applied, none pending/);
  await expect(database).toContainText(/Round trip[\d.]+ ms/);

  await expect(findingOf(page, "Gate")).toContainText("GATE_PORT is 0");
  await expect(findingOf(page, "Clocks")).toContainText("In step with the server");
  await expect(findingOf(page, "TLS")).toContainText("Over plain HTTP");

  const { hostname, port, username, pathname } = new URL(server.databaseUrl);
  const text = (await page.getByRole("main").textContent()) ?? "";
  for (const secret of [`${hostname}:${port}`, username, pathname.slice(1)])
    expect(text).not.toContain(secret);
});

test("shows endpoints only to those who aren't administrators", async ({ page, api, server }) => {
  await signInAsNew(page, server.baseURL, api, "Manager");
  await page.goto("/settings/connections");
  await expect(page.getByText(`${server.baseURL}/api`, { exact: true })).toBeVisible();
  await expect(page.getByRole("region", { name: "Checks" })).toHaveCount(0);
  expect((await page.request.get("/api/connections/checks")).status()).toBe(403);
  await expectAccessible(page);
});

test("says nothing of an address that is as it should be", async ({ adminPage: page }) => {
  await page.goto("/settings/connections");
  await expect(page.getByRole("heading", { name: "Endpoints" })).toBeVisible();
  await expect(page.getByText("Tokens travel unencrypted")).toHaveCount(0);
  await expect(page.getByText("The public URL is not the address in use")).toHaveCount(0);
});

test("warns of plain HTTP, and copies there all the same", async ({ page, server }) => {
  const address = `http://latchkey.test:${server.port}`;
  await page.goto(`${address}/sign-in`);
  await page.getByLabel("E-mail").fill(administrator.email);
  await page.getByLabel("Password", { exact: true }).fill(administrator.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(`${address}/settings/connections`);
  expect(await page.evaluate(() => window.isSecureContext)).toBe(false);
  await expect(page.getByText("Tokens travel unencrypted")).toBeVisible();
  await page.getByRole("button", { name: "Copy API base URL" }).click();
  await expectAnnounced(page, "API base URL copied");
  await page.getByRole("main").evaluate((main) => {
    main.append(Object.assign(document.createElement("textarea"), { id: "pasted" }));
  });
  await page.locator("#pasted").focus();
  await page.keyboard.press("Control+V");
  await expect(page.locator("#pasted")).toHaveValue(`${address}/api`);
});

test.describe("on a server of its own", () => {
  test("SCIM is ready, then connected by its last request, and tells the last error", async ({ page }) => {
    const { server, stop } = await startTestServer();
    try {
      await signInAs(page, server.baseURL);
      await page.goto(`${server.baseURL}/settings/connections`);
      await expect(page.getByText(`${server.baseURL}/api/scim/v2`, { exact: true })).toBeVisible();
      const finding = findingOf(page, "SCIM");
      await expect(finding).toContainText("Ready — no request received yet");
      await expect(finding).not.toContainText("Connected");

      await finding.getByRole("link", { name: "Generate SCIM token" }).click();
      const dialog = page.getByRole("dialog", { name: "Generate Token" });
      await expect(dialog.getByLabel("SCIM Administration Token")).toBeChecked();

      const headers = { authorization: `Bearer ${server.token}`, "content-type": "application/scim+json" };
      const scim = `${server.baseURL}/api/scim/v2`;
      expect((await fetch(`${scim}/Users`, { headers })).status).toBe(200);
      const refused = { method: "POST", headers, body: JSON.stringify({ userName: "x@service" }) };
      expect((await fetch(`${scim}/Users`, refused)).status).toBe(400);
      await page.goto(`${server.baseURL}/settings/connections`);
      // What came is written about once a second.
      await checkUntil(page, () => expect(finding).toContainText("POST /Users: 400", oneCheck));
      await expect(finding).toContainText("Connected");
      await expect(finding).toContainText(/Last request.*by token tests/);
      await expect(finding).toContainText("userName ends in @service");
      await expect(finding).toContainText("Correct the mapping of attributes");
      await expectAccessible(page);
    } finally {
      await stop();
    }
  });

  test("a public URL that isn't the address in use is told with both", async ({ page }) => {
    const publicUrl = "https://latchkey.example.com";
    const { server, stop } = await startTestServer({ PUBLIC_URL: publicUrl });
    try {
      await signInAs(page, server.baseURL);
      await page.goto(`${server.baseURL}/settings/connections`);
      const banner = page.getByText("The public URL is not the address in use").locator("..");
      await expect(banner).toContainText(publicUrl);
      await expect(banner).toContainText(server.baseURL);
      await expect(page.getByText(`${publicUrl}/api`, { exact: true })).toBeVisible();
      await expectAccessible(page);
    } finally {
      await stop();
    }
  });

  test("a database that is gone is Down with a time, and back by itself", async ({ page }) => {
    const database = await createTestDatabase();
    const connection = await openSeverableConnection(database.url);
    const { server, stop } = await startTestServer({ DATABASE_URL: connection.url });
    try {
      await signInAs(page, server.baseURL, administrator);
      await page.goto(`${server.baseURL}/settings/connections`);
      const checks = checksOf(page);
      const finding = findingOf(page, "Database");
      await checkUntil(page, () => expect(finding).toContainText("Healthy", oneCheck));

      await connection.sever();
      await again(page).click();
      await expect(finding).toContainText(/^DatabaseDownDown since \d\d:\d\d:\d\d\./);
      await expect(checks).not.toContainText("Healthy");
      await expectAnnounced(
        page,
        "API: Degraded. Database: Down. Gate: Not checked. Clocks: Not checked. SCIM: Not checked. TLS: Not configured.",
      );
      expect(await page.content()).not.toContain(new URL(connection.url).port);
      await expectAccessible(page);

      await connection.mend();
      await checkUntil(page, () => expect(finding).toContainText("Healthy", oneCheck));
    } finally {
      await stop();
      await database.drop();
    }
  });

  test("a gate that stops answering is Down with a time, and Healthy when it answers again", async ({
    page,
  }) => {
    const { server, stop } = await startTestServer({ GATE_PORT: String(await freePort()) });
    try {
      await signInAs(page, server.baseURL);
      await page.goto(`${server.baseURL}/settings/connections`);
      const finding = findingOf(page, "Gate");
      await checkUntil(page, () => expect(finding).toContainText(/Healthy.*Within [\d.]+ ms/, oneCheck));

      process.kill(gatePid(server), "SIGSTOP");
      await again(page).click();
      await expect(finding).toContainText(/^GateDown.*Down since \d\d:\d\d:\d\d\./);
      await expectAccessible(page);

      process.kill(gatePid(server), "SIGCONT");
      await checkUntil(page, () => expect(finding).toContainText("Healthy", oneCheck));
    } finally {
      process.kill(gatePid(server), "SIGCONT");
      await stop();
    }
  });

  test("a server that is gone takes the database's state with it", async ({ page }) => {
    const { server, stop } = await startTestServer();
    await signInAs(page, server.baseURL);
    await page.goto(`${server.baseURL}/settings/connections`);
    const checks = checksOf(page);
    await expect(checks).toContainText("Healthy");
    await stop();
    await again(page).click();
    await expect(findingOf(page, "API")).toContainText(/^APIDownDown since/);
    await expect(findingOf(page, "Database")).toContainText("Not checked");
    await expect(checks).not.toContainText("Healthy");
  });
});
