import type { Locator } from "@playwright/test";
import { patiently } from "@/e2e/database/cluster";
import { test as base, expect } from "@/e2e/fixtures";
import {
  choose,
  makePerson,
  makeService,
  makeTeam,
  openRow,
  question,
  teamsPath,
} from "@/e2e/screens/accounts";
import { act, newToken, rowOf } from "@/e2e/screens/token-steps";
import { dialogOf, freshName, openWizard, shownToken } from "@/e2e/screens/wizard-steps";
import { type ServerProcess, startServer } from "@/e2e/server-process";

/*
 * The server, gone while somebody fills in a dialog: what was typed stays, the dialog says what it knows and no more,
 * and the same button does it once the server is there again.
 */

interface Plug {
  /** No answer comes any more. */
  pull(): Promise<void>;
  /** The same server again: address, data, secret. */
  putBack(): Promise<void>;
}

/** A fixture of the worker, so that these tests have a worker, and a server, of their own. */
const test = base.extend<object, { plug: Plug }>({
  plug: [
    async ({ server }, use) => {
      let running: ServerProcess | undefined = server;
      await use({
        async pull() {
          await running?.stop("SIGKILL");
          running = undefined;
        },
        async putBack() {
          running = await startServer({
            DATABASE_URL: patiently(server.databaseUrl),
            LATCHKEY_SECRET: server.secret,
            PORT: String(server.port),
          });
        },
      });
      await running?.stop();
    },
    { scope: "worker", timeout: 240_000 },
  ],
});

test.describe.configure({ mode: "serial" });

const gone = "The server can't be reached.";
const nameIn = (dialog: Locator) => dialog.getByLabel("Name", { exact: true });

test("the wizard: Next says so, and Finish waits until the server is there again; one account comes of it", async ({
  adminPage: page,
  api,
  plug,
}) => {
  const name = freshName();
  const dialog = await openWizard(page);
  await nameIn(dialog).fill(name);
  await dialog.getByRole("radio", { name: "Editor" }).check();
  await plug.pull();
  await dialog.getByRole("button", { name: "Next" }).click();
  await expect(dialog.getByText(gone, { exact: true })).toBeVisible();
  await expect(nameIn(dialog)).toHaveValue(name);
  await plug.putBack();
  await dialog.getByRole("button", { name: "Next" }).click();
  await expect(dialog.getByRole("heading", { name: "Step 2 of 2" })).toBeFocused();

  await plug.pull();
  await nameIn(dialog).fill("kept");
  await dialog.getByRole("button", { name: "Finish" }).click();
  await expect(dialog.getByRole("button", { name: "Still working…" })).toBeVisible();
  await expect(nameIn(dialog)).toHaveValue("kept");
  await plug.putBack();
  await shownToken(dialog);
  const { items } = await (await api.get(`/api/users?search=${encodeURIComponent(name)}`)).json();
  expect(items).toMatchObject([{ name, role: "Editor", tokens: { total: 1 } }]);
});

test("Person: the link is shown once the server is there again", async ({ adminPage: page, plug }) => {
  const name = freshName("Person");
  await page.goto("/settings/security/users?add=person");
  const dialog = dialogOf(page);
  await nameIn(dialog).fill(name);
  await dialog.getByLabel("E-mail").fill(`${name.replaceAll(" ", ".")}@example.com`.toLowerCase());
  await plug.pull();
  await dialog.getByLabel("E-mail").press("Enter");
  await expect(dialog.getByRole("button", { name: "Still working…" })).toBeVisible();
  await expect(nameIn(dialog)).toHaveValue(name);
  await plug.putBack();
  await expect(dialog.getByRole("group", { name: "Link" })).toContainText("/set-password#code=");
});

test("Rotate: what was chosen stays, and one successor comes of it", async ({
  adminPage: page,
  api,
  plug,
}) => {
  const { name, account } = await newToken(api);
  await page.goto(`/settings/tokens?q=${name}`);
  await act(page, name, "Rotate…");
  const dialog = dialogOf(page);
  await dialog.getByRole("radio", { name: "After 7 days" }).check();
  await nameIn(dialog).fill("successor");
  await plug.pull();
  await dialog.getByRole("button", { name: "Rotate" }).click();
  await expect(dialog.getByRole("button", { name: "Still working…" })).toBeVisible();
  await expect(dialog.getByRole("radio", { name: "After 7 days" })).toBeChecked();
  await expect(nameIn(dialog)).toHaveValue("successor");
  await plug.putBack();
  await shownToken(dialog);
  const { items } = await (await api.get(`/api/user-tokens/service?user_id=${account.id}&sort=name`)).json();
  expect(items.map((token: { name: string }) => token.name).sort()).toEqual(["successor", name].sort());
});

test("Revoke: claims neither that it was revoked nor that it wasn't; again, and it is", async ({
  adminPage: page,
  api,
  plug,
}) => {
  const { name } = await newToken(api);
  await page.goto(`/settings/tokens?q=${name}`);
  await act(page, name, "Revoke…");
  await expect(question(page)).toContainText("Nobody has used it so far.");
  await plug.pull();
  await question(page).getByRole("button", { name: "Revoke" }).click();
  await expect(question(page)).toContainText("It isn't known whether it was revoked.");
  await expect(question(page)).toContainText(gone);
  await expect(question(page)).not.toContainText("still works");
  await plug.putBack();
  await question(page).getByRole("button", { name: "Revoke" }).click();
  await expect(rowOf(page, name).getByText("Revoked", { exact: true })).toBeVisible();

  await act(page, name, "Delete…");
  await expect(question(page)).toBeVisible();
  await plug.pull();
  await question(page)
    .getByRole("button", { name: `Delete ${name}` })
    .click();
  await expect(question(page)).toContainText("It isn't known whether it was deleted.");
  await plug.putBack();
  await question(page)
    .getByRole("button", { name: `Delete ${name}` })
    .click();
  await expect(rowOf(page, name)).toHaveCount(0);
});

test("Restore: the row says that it isn't known", async ({ adminPage: page, api, plug }) => {
  const { id, name } = await newToken(api);
  await api.put(`/api/user-tokens/${id}`, { data: { revoke: true } });
  await page.goto(`/settings/tokens?q=${name}`);
  await expect(rowOf(page, name)).toBeVisible();
  await plug.pull();
  await act(page, name, "Restore");
  await expect(rowOf(page, name)).toContainText(`It isn't known whether it was restored. ${gone}`);
  await expect(rowOf(page, name).getByText("Revoked", { exact: true })).toBeVisible();
  await plug.putBack();
  await act(page, name, "Restore");
  await expect(rowOf(page, name).getByText("Active", { exact: true })).toBeVisible();
});

for (const kind of ["user", "team", "token"] as const)
  test(`Edit of a ${kind}: what was typed stays, and is saved at the second press`, async ({
    adminPage: page,
    api,
    plug,
  }) => {
    const after = freshName("After");
    if (kind === "token") {
      const { name } = await newToken(api);
      await page.goto(`/settings/tokens?q=${name}`);
      await act(page, name, "Rename…");
    } else {
      const { name } = await (kind === "user" ? makeService(api) : makeTeam(api));
      await openRow(page, name, kind === "user" ? undefined : teamsPath);
      await choose(page, name, "Edit");
    }
    const dialog = dialogOf(page);
    await nameIn(dialog).fill(after);
    await plug.pull();
    await nameIn(dialog).press("Enter");
    await expect(dialog.getByText(gone, { exact: true })).toBeVisible();
    await expect(nameIn(dialog)).toHaveValue(after);
    await plug.putBack();
    await nameIn(dialog).press("Enter");
    await expect(dialog).toBeHidden();
    const list = { user: "users", team: "teams", token: "user-tokens/service" }[kind];
    const { total } = await (await api.get(`/api/${list}?search=${encodeURIComponent(after)}`)).json();
    expect(total).toBe(1);
  });

test("Deactivate: the typed word stays", async ({ adminPage: page, api, plug }) => {
  const { id, name } = await makePerson(api);
  await openRow(page, name);
  await choose(page, name, "Deactivate…");
  const word = question(page).getByLabel("Type deactivate to confirm");
  await word.fill("deactivate");
  await plug.pull();
  await word.press("Enter");
  await expect(question(page)).toContainText(gone);
  await expect(word).toHaveValue("deactivate");
  await plug.putBack();
  await question(page).getByRole("button", { name: "Deactivate" }).click();
  await expect(question(page)).toBeHidden();
  expect(await (await api.get(`/api/users/${id}`)).json()).toMatchObject({ active: false });
});

test("members: who was chosen to come or go stays chosen", async ({ adminPage: page, api, plug }) => {
  const [team, one] = [await makeTeam(api), await makeService(api)];
  await page.goto(`${teamsPath}/${team.id}`);
  await page.getByRole("button", { name: "Add members" }).click();
  const dialog = dialogOf(page);
  await dialog.getByRole("checkbox", { name: one.name }).check();
  await plug.pull();
  await dialog.getByRole("button", { name: "Add members" }).click();
  await expect(dialog.getByText(gone, { exact: true })).toBeVisible();
  await expect(dialog.getByRole("checkbox", { name: one.name })).toBeChecked();
  await plug.putBack();
  await dialog.getByRole("button", { name: "Add members" }).click();
  await expect(page.getByRole("row", { name: one.name })).toBeVisible();

  await page.getByRole("checkbox", { name: `Select ${one.name}` }).check();
  await page.getByRole("button", { name: "Remove 1…" }).click();
  await expect(question(page)).toBeVisible();
  await plug.pull();
  await question(page).getByRole("button", { name: "Remove" }).click();
  await expect(question(page)).toContainText(gone);
  await plug.putBack();
  await question(page).getByRole("button", { name: "Remove" }).click();
  await expect(page.getByText("No members yet")).toBeVisible();
});
