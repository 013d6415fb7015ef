import type { Page } from "@playwright/test";
import { expectAccessible } from "@/e2e/axe";
import { createTestDatabase, patiently } from "@/e2e/database/cluster";
import { administrator, expect, signInAs, test } from "@/e2e/fixtures";
import { expectAnnounced, expectTinted } from "@/e2e/fleeting";
import { collectFaults } from "@/e2e/page-faults";
import { reopen } from "@/e2e/page-life";
import { signInAsNew } from "@/e2e/people";
import { createServiceUser, usersPath } from "@/e2e/screens/accounts";
import {
  addButton,
  closeReveal,
  dialogOf,
  freshName,
  toReveal,
  toTokenStep,
} from "@/e2e/screens/wizard-steps";
import { startServer, writeBootstrapFile } from "@/e2e/server-process";

test.describe("the list", () => {
  test("shows name, badge, id or e-mail, role, and the first two teams of each", async ({
    adminPage: page,
    api,
  }) => {
    const name = freshName("Lister");
    await createServiceUser(api, { name, role: "Editor", teams: ["Data Quality", "Data Engineering"] });
    await page.goto(`${usersPath}?q=${encodeURIComponent(name)}`);
    const row = page.getByRole("row", { name });
    await expect(row.getByRole("rowheader")).toContainText("Service");
    await expect(row.getByRole("rowheader")).toContainText(
      `${name.toLowerCase().replaceAll(" ", "_")}@service`,
    );
    await expect(row).toContainText("Editor");
    await expect(row).toContainText("Not used");
    await expect(row).toContainText("Public, Data Quality");
    await expect(row).not.toContainText("Data Engineering");
    await row.getByRole("button", { name: `+1 more teams of ${name}` }).click();
    await expect(row).toContainText("Public, Data Quality, Data Engineering");

    await page.goto(`${usersPath}?q=ada@`);
    await expect(page.getByRole("row", { name: administrator.email })).not.toContainText("Service");
    await expect(page).toHaveTitle("Users · Security · Latchkey");
  });

  test("searches as one types, literally, and replaces in the history", async ({ adminPage: page, api }) => {
    const name = freshName("100% sure_thing");
    await createServiceUser(api, { name });
    await page.goto("/settings/connections");
    await page.goto(usersPath);
    const search = page.getByRole("searchbox", { name: "Search users" });
    await search.pressSequentially("0% sure_");
    await expect(page).toHaveURL(/\?q=0%25\+sure_$|\?q=0%25%20sure_$/);
    await expect(page.getByRole("row", { name })).toBeVisible();
    await expect(page.getByRole("row", { name: administrator.email })).toBeHidden();
    await expectAnnounced(page, "1 user, newest first");
    await page.reload();
    await expect(search).toHaveValue("0% sure_");
    await page.goBack();
    await expect(page).toHaveURL(/connections$/);
  });

  test("says when nobody matches, and clears the filters", async ({ adminPage: page }) => {
    await page.goto(`${usersPath}?q=kafka&sort=created_at`);
    await expect(page.getByText("No users match 'kafka'")).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Clear filters" }).click();
    await expect(page.getByRole("rowheader").first()).toBeVisible();
    await expect(page).toHaveURL(usersPath);
    await expect(page.getByRole("searchbox", { name: "Search users" })).toHaveValue("");
  });

  test("kind, role, sort and page survive reload and Back", async ({ adminPage: page, api }) => {
    const prefix = freshName("Paged");
    for (let index = 10; index < 40; index++)
      await createServiceUser(api, { name: `${prefix} ${index}`, role: index % 2 ? "Editor" : "Member" });
    await page.goto(`${usersPath}?q=${encodeURIComponent(prefix)}`);
    await page.getByRole("button", { name: "Name", exact: true }).click();
    await expect(page.getByRole("columnheader", { name: "Name" })).toHaveAttribute("aria-sort", "ascending");
    await expect(firstRow(page)).toContainText(`${prefix} 10`);
    await expectAnnounced(page, "30 users, by name");

    await page.getByRole("button", { name: "Next" }).click();
    await expect(page.getByText("26–30 of 30")).toBeVisible();
    await expect(page.getByRole("heading", { name: "Users", level: 2 })).toBeFocused();
    await reopen(page);
    await expect(page.getByText("26–30 of 30")).toBeVisible();
    await expect(firstRow(page)).toContainText(`${prefix} 35`);

    await page.getByLabel("Role").click();
    await page.getByRole("option", { name: "Editor" }).click();
    await expect(page.getByRole("row")).toHaveCount(16);
    await page.getByLabel("Kind").click();
    await page.getByRole("option", { name: "People" }).click();
    await expect(page.getByText(`No users match '${prefix}'`)).toBeVisible();
    await page.goBack();
    await expect(page.getByRole("row")).toHaveCount(16);
    await page.goBack();
    await expect(page.getByText("26–30 of 30")).toBeVisible();
    await page.goBack();
    await expect(page.getByText("1–25 of 30")).toBeVisible();
    await expect(firstRow(page)).toContainText(`${prefix} 10`);
  });

  test("team and status narrow it too; the team is looked for by typing, and all of it survives reload", async ({
    adminPage: page,
    api,
  }) => {
    const [team, inside, outside] = [freshName("Team"), freshName("Inside"), freshName("Outside")];
    await api.post("/api/teams", { data: { name: team } });
    await createServiceUser(api, { name: inside, teams: [team] });
    await createServiceUser(api, { name: outside });
    await page.goto(usersPath);
    const filter = page.getByLabel("Team", { exact: true });
    await filter.click();
    await expect(page.getByRole("combobox", { name: "Search teams" })).toBeFocused();
    await page.keyboard.type(team.slice(0, -1));
    await page.getByRole("option", { name: team }).click();
    await expect(page.getByRole("row")).toHaveCount(2);
    await expect(page.getByRole("row", { name: inside })).toBeVisible();
    await expect(page).toHaveURL(/[?&]team=/);
    await page.reload();
    await expect(filter).toHaveText(team);
    await expect(page.getByRole("row")).toHaveCount(2);
    await expectAccessible(page);

    await page.getByLabel("Status").click();
    await page.getByRole("option", { name: "Deactivated" }).click();
    await expect(page.getByText("No users match these filters")).toBeVisible();
    await page.goBack();
    await expect(page.getByRole("row", { name: inside })).toBeVisible();
    await filter.click();
    await page.getByRole("option", { name: "All teams" }).click();
    await expect(page).toHaveURL(/\/users$/);
    await expect(page.getByRole("row", { name: outside })).toBeVisible();
  });

  test("the team box says when none matches, and leaves the list alone", async ({ adminPage: page }) => {
    // Without rows: what the open list covers in part would count as too small to be hit.
    await page.goto(`${usersPath}?q=kafka`);
    const filter = page.getByLabel("Team", { exact: true });
    await filter.focus();
    await page.keyboard.press("Enter");
    await expectAccessible(page);
    await page.keyboard.type("no such team");
    await expect(page.getByText("No teams match.")).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press("Escape");
    await expect(filter).toBeFocused();
    await expect(page).toHaveURL(/\/users\?q=kafka$/);
  });

  test("tells how many tokens are good, and warns of the first that ends within 14 days", async ({
    adminPage: page,
    api,
  }) => {
    const name = freshName("Holder");
    const { id } = await (
      await api.post("/api/users", {
        data: { name, role: "Member", token: { name: "soon", expires_in_days: 6 } },
      })
    ).json();
    await api.post("/api/user-tokens", { data: { user_id: id, name: "late", expires_in_days: 90 } });
    await page.goto(`${usersPath}?q=${encodeURIComponent(name)}`);
    const row = page.getByRole("row", { name });
    await expect(row).toContainText("2 active");
    await expect(row).toContainText("Expires in 6 days");
    await api.patch(`/api/users/${id}`, { data: { active: false } });
    await page.reload();
    await expect(row).toContainText("2 stopped");
    await expect(row).not.toContainText("Expires");
  });

  for (const query of [
    "page=999&sort=x",
    "page=-1",
    "page=1e9&role=King&type=Robot&status=maybe",
    "q=%00&team=%00",
    `q=${"x".repeat(500)}`,
    "add=x",
  ])
    test(`bears ?${query.slice(0, 40)}`, async ({ adminPage: page }) => {
      const faults = collectFaults(page);
      const answer = await page.goto(`${usersPath}?${query}`);
      expect(answer?.status()).toBe(200);
      await expect(page.getByRole("heading", { name: "Users", level: 1 })).toBeVisible();
      expect(faults).toEqual([]);
    });

  test("leads back from a page past the end", async ({ adminPage: page }) => {
    await page.goto(`${usersPath}?page=999`);
    await expect(page.getByText("No users on page 999.")).toBeVisible();
    await page.getByRole("button", { name: "Go to the first page" }).click();
    await expect(page.getByRole("table", { name: "Users" })).toBeVisible();
  });

  test("says what failed, with status and request ID, and tries again", async ({ adminPage: page }) => {
    await page.goto(`${usersPath}?sort=created_at`);
    await page.route("**/api/users?**", (route) =>
      route.fulfill({
        status: 500,
        contentType: "application/problem+json",
        headers: { "x-request-id": "abc-123" },
        json: { code: "internal", detail: "Something went wrong inside Latchkey." },
      }),
    );
    await page.getByRole("searchbox", { name: "Search users" }).fill("ada");
    await expect(page.getByText("The users could not be loaded.")).toBeVisible();
    await expect(page.getByText("500", { exact: true })).toBeVisible();
    await expect(page.getByText("abc-123")).toBeVisible();
    await expectAccessible(page);
    await page.unroute("**/api/users?**");
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(page.getByRole("row", { name: administrator.email })).toBeVisible();
  });

  test("keeps the rows when a refresh fails, and says from when they are", async ({ adminPage: page }) => {
    await page.clock.install();
    await page.goto(`${usersPath}?q=ada`);
    await expect(page.getByRole("row", { name: administrator.email })).toBeVisible();
    await page.route("**/api/users?**", (route) => route.abort("connectionrefused"));
    await page.clock.runFor(15_000);
    // As when somebody comes back to the tab.
    await page.evaluate(() => window.dispatchEvent(new Event("visibilitychange")));
    for (let tries = 0; tries < 6; tries++) await page.clock.runFor(2_000);
    await expect(page.getByText(/Showing data from \d{2}:\d{2}\. Refresh failed\./)).toBeVisible();
    await expect(page.getByRole("row", { name: administrator.email })).toBeVisible();
  });

  test("offers to sign in again when the session has ended", async ({ adminPage: page }) => {
    await page.goto(`${usersPath}?sort=created_at`);
    await page.context().clearCookies();
    await page.getByRole("searchbox", { name: "Search users" }).fill("ada");
    await expect(page.getByText("Your session has ended")).toBeVisible();
    await page.getByRole("button", { name: "Sign in" }).click();
    const signIn = page.getByRole("dialog", { name: "Sign in to continue" });
    await signIn.getByLabel("E-mail").fill(administrator.email);
    await signIn.getByLabel("Password", { exact: true }).fill(administrator.password);
    await signIn.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByRole("row", { name: administrator.email })).toBeVisible();
    await expect(page.getByRole("searchbox", { name: "Search users" })).toHaveValue("ada");
  });
});

test.describe("a new service user", () => {
  test("is in the list afterwards: tinted, with its badge, announced", async ({ adminPage: page }) => {
    const name = freshName();
    await toReveal(page, name);
    await closeReveal(page);
    await expectAnnounced(page, `${name} created`);
    const row = page.getByRole("row", { name });
    await expect(row).toBeInViewport();
    await expect(row).toContainText("Service");
    await expectTinted(page, name);
    await expect(row).not.toHaveClass(/bg-selected/);
  });

  test("that the filters hide is said to be, and can be shown", async ({ adminPage: page }) => {
    const name = freshName();
    await page.goto(`${usersPath}?q=ada&sort=name`);
    await addButton(page).click();
    await page.getByRole("menuitem", { name: "Service User" }).click();
    const dialog = dialogOf(page);
    await toTokenStep(dialog, name);
    await dialog.getByRole("button", { name: "Finish" }).click();
    await closeReveal(page);
    await expect(
      page.getByText("Created, but hidden by your filters.", { exact: true }).first(),
    ).toBeVisible();
    await page.getByRole("button", { name: "Show", exact: true }).click();
    await expectTinted(page, name);
    await expect(page).toHaveURL(/\/users$/);
  });
});

test.describe("who may", () => {
  for (const role of ["Member", "Editor"] as const)
    test(`${role}s get the forbidden page (403) and nothing of what is on it`, async ({
      page,
      api,
      server,
    }) => {
      await signInAsNew(page, server.baseURL, api, role);
      for (const path of [
        usersPath,
        "/settings/security/teams",
        "/settings/security/users?add=service-user",
      ]) {
        const answer = await page.goto(path);
        expect(answer?.status()).toBe(403);
        await expect(
          page.getByRole("heading", { name: "You need the Manager role", level: 1 }),
        ).toBeVisible();
        expect(await answer?.text()).not.toContain(administrator.email);
        expect(await answer?.text()).not.toContain("Data Engineering");
      }
      await expectAccessible(page);
      await page.getByRole("link", { name: "Back to Connections" }).click();
      await expect(page).toHaveURL(/connections$/);
      const payload = await page.request.get(usersPath, { headers: { rsc: "1" } });
      expect(await payload.text()).not.toContain(administrator.email);
    });

  test("a Manager reads the list and is offered nothing to add", async ({ page, api, server }) => {
    await signInAsNew(page, server.baseURL, api, "Manager");
    await page.goto(`${usersPath}?add=service-user`);
    await expect(page.getByRole("table", { name: "Users" })).toBeVisible();
    await expect(addButton(page)).toBeHidden();
    await expect(dialogOf(page)).toBeHidden();
  });

  test("without a session one is sent to sign in, and back to the same view", async ({ page, server }) => {
    await page.goto(`${server.baseURL}${usersPath}?q=ada&sort=name`);
    await expect(page).toHaveURL(/\/sign-in\?next=/);
    await page.getByLabel("E-mail").fill(administrator.email);
    await page.getByLabel("Password", { exact: true }).fill(administrator.password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page).toHaveURL(/\/settings\/security\/users\?q=ada&sort=name$/);
  });
});

test("with nobody but oneself the list says what service users are for", async ({ page }) => {
  const database = await createTestDatabase();
  const bootstrap = await writeBootstrapFile({ admin: administrator });
  const server = await startServer({
    DATABASE_URL: patiently(database.url),
    LATCHKEY_SECRET: "another secret of the test servers, 32 bytes",
    BOOTSTRAP_FILE: bootstrap.file,
  });
  try {
    await signInAs(page, server.baseURL);
    await page.goto(`${server.baseURL}${usersPath}`);
    await expect(page.getByText("No service users yet")).toBeVisible();
    await expect(
      page.getByText("A service user lets a pipeline or directory call the API without a person's account."),
    ).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Add service user" }).click();
    await expect(dialogOf(page).getByLabel("Name", { exact: true })).toBeFocused();
  } finally {
    await server.stop();
    await database.drop();
    await bootstrap.remove();
  }
});

function firstRow(page: Page) {
  return page.getByRole("row").nth(1);
}
