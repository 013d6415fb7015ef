import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expectAccessible } from "@/e2e/axe";
import { expect, test } from "@/e2e/fixtures";
import { expectAnnounced } from "@/e2e/fleeting";
import { collectFaults } from "@/e2e/page-faults";
import { reopen, untilAlive } from "@/e2e/page-life";
import { signInAsNew } from "@/e2e/people";
import { freshName } from "@/e2e/screens/wizard-steps";

const auditPath = "/settings/security/audit";

const entry = (page: Page, text: string) => page.getByRole("row", { name: text });
const opener = (page: Page) => page.getByRole("button", { name: /^Details of entry \d+$/ });

test("is the third item under Security, for Admins; others are refused it", async ({
  adminPage: page,
  api,
  server,
}) => {
  await page.goto("/settings/security/users");
  const items = page.getByRole("navigation", { name: "Security" }).getByRole("link");
  await expect(items).toHaveText(["Users", "Teams", "Audit"]);
  await untilAlive(page);
  await items.last().click();
  await expect(page.getByRole("heading", { name: "Audit", level: 1 })).toBeFocused();
  await expect(page).toHaveTitle("Audit · Security · Latchkey");
  await expect(items.last()).toHaveAttribute("aria-current", "page");

  await page.context().clearCookies();
  await signInAsNew(page, server.baseURL, api, "Manager");
  const answer = await page.goto(auditPath);
  expect(answer?.status()).toBe(403);
  await expect(page.getByRole("heading", { name: "You need the Admin role" })).toBeVisible();
  expect(await page.content()).not.toContain("service_account.created");
  await page.goto("/settings/security/users");
  await expect(page.getByRole("navigation", { name: "Security" }).getByRole("link")).toHaveText([
    "Users",
    "Teams",
  ]);
});

test("an entry opens to what was before and after, by keyboard alone", async ({ adminPage: page, api }) => {
  const faults = collectFaults(page);
  const name = freshName("Audited");
  const created = await (await api.post("/api/users", { data: { name, role: "Member" } })).json();
  await api.patch(`/api/users/${created.id}`, { data: { role: "Editor", description: "Nightly" } });
  await page.goto(`${auditPath}?target=user-${created.id}`);
  await expect(opener(page)).toHaveCount(2);
  const changed = entry(page, "Service user changed");
  await expect(changed).toContainText("Test Robot");
  await expect(changed).toContainText("Service");
  await expect(changed).toContainText("with token tests");
  await expect(changed).toContainText(created.user_id);
  await expect(changed).toContainText("Done");

  await opener(page).first().focus();
  await page.keyboard.press("Enter");
  await expect(opener(page).first()).toHaveAttribute("aria-expanded", "true");
  const details = page.getByRole("row", { name: "Role Member Editor", exact: true });
  await expect(details).toBeVisible();
  await expect(page.getByRole("row", { name: "Description none Nightly", exact: true })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await expect(details).toBeHidden();
  await expect(opener(page).first()).toHaveAttribute("aria-expanded", "false");
  expect(faults).toEqual([]);
});

test("a secret is set, never shown; what was deleted keeps its name", async ({ adminPage: page, api }) => {
  const name = freshName("Gone");
  const created = await api.post("/api/users", {
    data: { name, role: "Member", token: { name: "its-token", expires_in_days: 30 } },
  });
  const { id, user_id, token } = await created.json();
  await api.delete(`/api/users/${id}`);
  await page.goto(`${auditPath}?target=token-${token.id}`);
  await opener(page).last().click();
  await expect(page.getByRole("row", { name: "Secret set", exact: true })).toBeVisible();
  expect(await page.content()).not.toContain(token.bearer_token.slice(7, 40));
  await page.goto(`${auditPath}?target=user-${id}`);
  await expect(entry(page, "Service user deleted")).toContainText(user_id);
});

test("a refused sign-in is one of nobody, and marked", async ({ adminPage: page, anonymous, server }) => {
  await anonymous.post("/api/session", {
    data: { email: "stranger@example.com", password: "a wrong password" },
    headers: { origin: server.baseURL },
  });
  await page.goto(`${auditPath}?action=session.refused`);
  const refused = entry(page, "Sign-in refused").first();
  await expect(refused).toContainText("Not signed in");
  await expect(refused).toContainText("Refused");
});

test("filters stand in the address, survive reload and Back, and start at the newest", async ({
  adminPage: page,
  api,
}) => {
  const team = freshName("Team");
  await api.post("/api/teams", { data: { name: team } });
  await page.goto(auditPath);
  await page.getByRole("combobox", { name: "Action" }).click();
  await page.getByRole("option", { name: "Team created" }).click();
  await expect(page).toHaveURL(/action=team\.created/);
  await expect(entry(page, team)).toBeVisible();
  await expectAnnounced(page, /entr(y|ies) on this page, newest first/);

  await page.getByRole("searchbox", { name: "Actor" }).fill("test_robot@service");
  await expect(page).toHaveURL(/actor=test_robot/);
  await expect(entry(page, team)).toBeVisible();
  await reopen(page);
  await expect(page.getByRole("searchbox", { name: "Actor" })).toHaveValue("test_robot@service");
  await expect(page.getByRole("combobox", { name: "Action" })).toHaveText("Team created");

  await page.getByRole("searchbox", { name: "Actor" }).fill("nobody@service");
  await expect(page.getByText("No entries match these filters")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Clear filters" }).click();
  await expect(page).toHaveURL(/\/audit$/);
  await expect(opener(page).first()).toBeVisible();
  await page.goBack();
  await expect(page.getByText("No entries match these filters")).toBeVisible();
});

test("from an entry to all of its actor, target and request, and back off again", async ({
  adminPage: page,
  api,
}) => {
  const team = freshName("Team");
  const { id } = await (await api.post("/api/teams", { data: { name: team } })).json();
  await page.goto(`${auditPath}?action=team.created`);
  const row = entry(page, team);
  await row.getByRole("button", { name: /^Details/ }).click();
  await page.getByRole("link", { name: "All of this target" }).click();
  await expect(page).toHaveURL(new RegExp(`/audit\\?target=team-${id}$`));
  await expect(opener(page)).toHaveCount(1);
  await page.getByRole("button", { name: `Remove filter: Target: team ${id}` }).click();
  await expect(page).toHaveURL(/\/audit$/);
});

test("a span of time narrows it, in the browser's own time", async ({ adminPage: page }) => {
  await page.goto(auditPath);
  await expect(page.getByRole("region", { name: "Integrity" })).toContainText("Sealed up to");
  await page.getByLabel("From", { exact: true }).fill("2020-01-01T00:00");
  await expect(page).toHaveURL(/since=20(19|20)-/);
  await expect(opener(page).first()).toBeVisible();
  await page.getByLabel("To", { exact: true }).fill("2020-02-01T00:00");
  await expect(page.getByText("No entries match these filters")).toBeVisible();
  await reopen(page);
  await expect(page.getByLabel("To", { exact: true })).toHaveValue("2020-02-01T00:00");
  await page.getByLabel("To", { exact: true }).fill("");
  await expect(opener(page).first()).toBeVisible();
});

test("pages go older and newer by cursor, and Back; focus goes to the list", async ({
  adminPage: page,
  api,
}) => {
  const { id } = await (await api.post("/api/teams", { data: { name: freshName("Paged") } })).json();
  for (let n = 0; n < 60; n++) await api.patch(`/api/teams/${id}`, { data: { description: `Version ${n}` } });
  await page.goto(`${auditPath}?action=team.changed`);
  const newest = await opener(page).first().getAttribute("aria-label");
  await expect(page.getByRole("button", { name: "Newer" })).toHaveAttribute("aria-disabled", "true");
  await page.getByRole("button", { name: "Older" }).click();
  await expect(page).toHaveURL(/cursor=/);
  await expect(page.getByRole("heading", { name: "Audit entries" })).toBeFocused();
  await expect(opener(page).first()).not.toHaveAttribute("aria-label", newest ?? "");
  const second = (await opener(page).first().getAttribute("aria-label")) ?? "";
  await page.getByRole("button", { name: "Older" }).click();
  await expect(opener(page).first()).not.toHaveAttribute("aria-label", second);
  await page.getByRole("button", { name: "Newer", exact: true }).click();
  await expect(opener(page).first()).toHaveAttribute("aria-label", second);
  await page.getByRole("button", { name: "Newest" }).click();
  await expect(page).not.toHaveURL(/cursor=/);
  await expect(opener(page).first()).toHaveAttribute("aria-label", newest ?? "");
  await page.goBack();
  await expect(page).toHaveURL(/cursor=/);
});

test("what the address gets wrong is left out, a cursor of another filter too", async ({
  adminPage: page,
  api,
}) => {
  await page.goto(`${auditPath}?action=x&token=0&target=moon-1&since=today&ip=here&account=-1`);
  await expect(opener(page).first()).toBeVisible();
  await expect(page.getByRole("button", { name: /^Remove filter/ })).toHaveCount(0);
  const { next_cursor } = await (await api.get("/api/audit-events?size=1")).json();
  await page.goto(`${auditPath}?action=session.created&cursor=${next_cursor}`);
  await expect(entry(page, "Signed in").first()).toBeVisible();
  await expect(page).not.toHaveURL(/cursor=/);
});

test("exports are files of what the filter finds", async ({ adminPage: page, api }) => {
  const team = freshName("Team");
  const { id } = await (await api.post("/api/teams", { data: { name: team } })).json();
  await page.goto(`${auditPath}?target=team-${id}`);
  for (const [format, pattern] of [
    ["CSV", /^id,at,action.*\r\n\d+,[^\r]*\r\n$/],
    ["NDJSON", /^\{[^\n]*\}\n$/],
  ] as const) {
    const waiting = page.waitForEvent("download");
    await page.getByRole("link", { name: `Export ${format}` }).click();
    const download = await waiting;
    expect(download.suggestedFilename()).toMatch(/^latchkey-audit-[\dTZ-]+\.(csv|ndjson)$/);
    const text = await readFile(await download.path(), "utf8");
    expect(text).toMatch(pattern);
    expect(text).toContain(team);
  }
});

test("Verify proves what is sealed and says how much; the head is a file", async ({ adminPage: page }) => {
  await page.goto(auditPath);
  const integrity = page.getByRole("region", { name: "Integrity" });
  await expect(integrity).toContainText(/Sealed up to entry \d/);
  await integrity.getByRole("button", { name: "Verify" }).click();
  await expect(integrity.getByText("Intact")).toBeVisible();
  await expect(integrity).toContainText(/\d+ entries under \d+ seals? are as they were recorded/);
  await expect(integrity.getByRole("button", { name: "Verify" })).toBeFocused();
  await expectAnnounced(page, /as they were recorded/);
  await expectAccessible(page);

  const waiting = page.waitForEvent("download");
  await integrity.getByRole("link", { name: "Download head" }).click();
  const download = await waiting;
  expect(download.suggestedFilename()).toBe("latchkey-audit-head.json");
  expect(JSON.parse(await readFile(await download.path(), "utf8"))).toMatchObject({
    seal: expect.any(Number),
    hash: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
});

test("what was touched is named", async ({ adminPage: page }) => {
  await page.route("**/api/audit-events/verification", (route) =>
    route.fulfill({
      json: {
        intact: false,
        from_seal: 1,
        to_seal: 1,
        entries: 0,
        next_seal: null,
        fault: {
          kind: "entry_altered",
          seal: 1,
          entry_id: 2,
          detail: "Entry 2 was altered after it was sealed.",
        },
      },
    }),
  );
  await page.goto(auditPath);
  await page.getByRole("button", { name: "Verify" }).click();
  await expect(page.getByText("The record was touched")).toBeVisible();
  await expect(page.getByRole("region", { name: "Integrity" })).toContainText(
    "Entry 2 was altered after it was sealed.",
  );
  await expectAccessible(page);
});

test("a list that can't be loaded says so, with its request, and can be tried again", async ({
  adminPage: page,
}) => {
  await page.goto(auditPath);
  await expect(opener(page).first()).toBeVisible();
  let broken = true;
  await page.route("**/api/audit-events?*", (route) =>
    broken
      ? route.fulfill({
          status: 500,
          headers: { "x-request-id": "request-of-the-test" },
          json: { code: "internal", detail: "Something went wrong." },
        })
      : route.continue(),
  );
  await page.getByRole("searchbox", { name: "Actor" }).fill("ada@example.com");
  await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
  await expectAccessible(page);
  broken = false;
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(entry(page, "Signed in").first()).toBeVisible();
});
