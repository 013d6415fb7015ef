import type { Page } from "@playwright/test";
import { expectAccessible } from "@/e2e/axe";
import { expect, test } from "@/e2e/fixtures";
import { expectAnnounced, expectTinted } from "@/e2e/fleeting";
import { reopen } from "@/e2e/page-life";
import { signInAsNew } from "@/e2e/people";
import { addButton, dialogOf, freshName } from "@/e2e/screens/wizard-steps";

const teamsPath = "/settings/security/teams";

test("lists the teams with their members; Public is locked, and says why", async ({
  adminPage: page,
  api,
}) => {
  const name = freshName("Team");
  await api.post("/api/teams", { data: { name, description: "Looks after the catalog" } });
  await api.post("/api/users", { data: { name: freshName(), role: "Member", teams: [name] } });
  await page.goto(teamsPath);
  await expect(page).toHaveTitle("Teams · Security · Latchkey");
  const everybody = page.getByRole("row").nth(1);
  await expect(everybody).toContainText("Public");
  await expect(everybody).toContainText("can't be renamed, left or deleted");

  await page.goto(`${teamsPath}?q=${encodeURIComponent(name)}`);
  const row = page.getByRole("row", { name });
  await expect(row).toContainText("Looks after the catalog");
  await expect(row.getByRole("cell").first()).toHaveText("1");
});

test("Add → Team on the users makes one, for the wizard to offer", async ({ adminPage: page }) => {
  // Among the fifty that are offered at once, however many others have made.
  const name = freshName("A first team");
  await page.goto("/settings/security/users");
  await addButton(page).click();
  await page.getByRole("menuitem", { name: "Team" }).click();
  const dialog = dialogOf(page);
  await expect(dialog.getByLabel("Name", { exact: true })).toBeFocused();
  await expectAccessible(page);
  await dialog.getByLabel("Name", { exact: true }).fill(name);
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  await expect(addButton(page)).toBeFocused();
  await expectAnnounced(page, `${name} created`);
  await addButton(page).click();
  await page.getByRole("menuitem", { name: "Service User" }).click();
  await expect(dialog.getByRole("checkbox", { name })).toBeVisible();
});

test("Add team on the teams shows the new row, tinted", async ({ adminPage: page }) => {
  // On the first page, however many others have made.
  const name = freshName("A first team");
  const dialog = await openTeamDialog(page);
  await dialog.getByLabel("Name", { exact: true }).fill(name);
  await dialog.getByLabel("Description").fill("  What it is for ");
  await dialog.getByRole("button", { name: "Add team" }).click();
  await expect(dialog).toBeHidden();
  const row = page.getByRole("row", { name });
  await expectTinted(page, name);
  await expect(row).toContainText("What it is for");
  await expect(page).not.toHaveURL(/\?/);
  await expect(page.getByRole("button", { name: "Add team" })).toBeFocused();
});

test("a new team that the search hides is said to be, and can be shown", async ({ adminPage: page }) => {
  const name = freshName("Team");
  await page.goto(`${teamsPath}?q=data`);
  await page.getByRole("button", { name: "Add team" }).click();
  await dialogOf(page).getByLabel("Name", { exact: true }).fill(name);
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(page.getByRole("row", { name })).toBeInViewport();
});

test("two faults are summed up, with links that lead to the fields", async ({ adminPage: page }) => {
  const dialog = await openTeamDialog(page);
  await dialog.getByLabel("Description").fill("x".repeat(501));
  await dialog.getByRole("button", { name: "Add team" }).click();
  const summary = page.locator(":focus");
  await expect(summary).toContainText("There is a problem");
  await expectAccessible(page);
  for (const [label, message] of [
    ["Name", "Enter a name for the team."],
    ["Description", "Use at most 500 characters."],
  ] as const) {
    await dialog.getByRole("link", { name: message }).click();
    await expect(dialog.getByLabel(label, { exact: true })).toBeFocused();
    await expect(dialog.getByLabel(label, { exact: true })).toHaveAccessibleDescription(new RegExp(message));
  }
});

test("a taken name is told beside the field, ignoring case", async ({ adminPage: page, api }) => {
  const name = freshName("Team");
  await api.post("/api/teams", { data: { name } });
  const dialog = await openTeamDialog(page);
  await dialog.getByLabel("Name", { exact: true }).fill(name.toUpperCase());
  await page.keyboard.press("Enter");
  await expect(dialog.getByLabel("Name", { exact: true })).toBeFocused();
  await expect(dialog.getByLabel("Name", { exact: true })).toHaveAttribute("aria-invalid", "true");
});

test("Enter, Enter makes one team", async ({ adminPage: page, api }) => {
  const name = freshName("Team");
  let sent = 0;
  page.on("request", (request) => {
    if (request.method() === "POST" && request.url().endsWith("/api/teams")) sent += 1;
  });
  const dialog = await openTeamDialog(page);
  await dialog.getByLabel("Name", { exact: true }).fill(name);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  // A second press that comes after the answer meets Add team, which has focus again: the dialog opens anew, over the list.
  await expect(page.getByRole("row", { name, includeHidden: true })).toBeVisible();
  expect(sent).toBe(1);
  expect((await (await api.get("/api/teams", { params: { search: name } })).json()).total).toBe(1);
});

test("a dirty dialog asks before it closes", async ({ adminPage: page }) => {
  const dialog = await openTeamDialog(page);
  await dialog.getByLabel("Name", { exact: true }).fill("Something");
  await page.keyboard.press("Escape");
  const question = page.getByRole("alertdialog", { name: "Discard this team?" });
  await expect(question.getByRole("button", { name: "Keep editing" })).toBeFocused();
  await question.getByRole("button", { name: "Discard" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("button", { name: "Add team" })).toBeFocused();
});

test("sort and search survive reload; wrong values are left out", async ({ adminPage: page }) => {
  await page.goto(`${teamsPath}?sort=x&page=0`);
  await page.getByRole("button", { name: "Name", exact: true }).click();
  await expect(page).toHaveURL(/sort=-name/);
  await reopen(page);
  await expect(page.getByRole("columnheader", { name: "Name" })).toHaveAttribute("aria-sort", "descending");
  await page.getByRole("searchbox", { name: "Search teams" }).fill("no such team");
  await expect(page.getByText("No teams match 'no such team'")).toBeVisible();
  await expectAccessible(page);
});

test("a Manager reads them and is offered nothing to add", async ({ page, api, server }) => {
  await signInAsNew(page, server.baseURL, api, "Manager");
  await page.goto(`${teamsPath}?add=team`);
  await expect(page.getByRole("table", { name: "Teams" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Add team" })).toBeHidden();
  await expect(dialogOf(page)).toBeHidden();
});

async function openTeamDialog(page: Page) {
  await page.goto(teamsPath);
  await page.getByRole("button", { name: "Add team" }).click();
  const dialog = dialogOf(page);
  await expect(dialog.getByLabel("Name", { exact: true })).toBeFocused();
  return dialog;
}
