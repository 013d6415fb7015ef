import { expectAccessible } from "@/e2e/axe";
import { administrator, expect, signInAs, test } from "@/e2e/fixtures";
import { expectAnnounced, expectToast } from "@/e2e/fleeting";
import { signInAsNew } from "@/e2e/people";
import {
  choose,
  makePerson,
  makeService,
  makeTeam,
  openRow,
  question,
  usersPath,
} from "@/e2e/screens/accounts";
import { dialogOf, freshName } from "@/e2e/screens/wizard-steps";

const updated = "The User has been successfully updated";

test("the ⋮ of a row leads to the account, and to another token for a service user", async ({
  adminPage: page,
  api,
}) => {
  const [robot, person] = [await makeService(api), await makePerson(api)];
  await openRow(page, robot.name);
  await page.getByRole("button", { name: `Actions for ${robot.name}` }).click();
  await expect(page.getByRole("menuitem")).toHaveText(["Open", "Edit", "Generate Token", "Deactivate…"]);
  await expectAccessible(page);
  await expect(page.getByRole("menuitem", { name: "Generate Token" })).toHaveAttribute(
    "href",
    `/settings/tokens?add=token&owner=${robot.id}`,
  );
  await page.getByRole("menuitem", { name: "Open" }).click();
  await expect(page).toHaveURL(new RegExp(`${usersPath}/${robot.id}$`));
  await expect(page.getByRole("heading", { name: robot.name, level: 1 })).toBeFocused();

  await openRow(page, person.name);
  await page.getByRole("button", { name: `Actions for ${person.name}` }).click();
  await expect(page.getByRole("menuitem")).toHaveText(["Open", "Edit", "Deactivate…"]);
});

test.describe("Deactivate", () => {
  test("lists what stops, takes the typed word, and stops it", async ({
    adminPage: page,
    api,
    anonymous,
  }) => {
    const robot = await makeService(api);
    const headers = { authorization: `Bearer ${robot.secret}` };
    expect((await anonymous.get("/api/users/me", { headers })).status()).toBe(200);
    const row = await openRow(page, robot.name);
    await choose(page, robot.name, "Deactivate…");
    const asked = question(page);
    await expect(asked).toContainText("1 active token");
    const word = asked.getByLabel("Type deactivate to confirm");
    await expect(word).toBeFocused();
    await expectAccessible(page);

    await asked.getByRole("button", { name: "Deactivate" }).click();
    await expect(word).toBeFocused();
    await expect(word).toHaveAccessibleDescription("Type the word deactivate.");
    await expectAccessible(page);
    expect((await anonymous.get("/api/users/me", { headers })).status()).toBe(200);

    await word.fill("Deactivate");
    await page.keyboard.press("Enter");
    await expect(asked).toBeHidden();
    await expectToast(page, updated);
    await expect(row).toContainText("Deactivated");
    await expect(row).toContainText("1 stopped");
    await expect(page.getByRole("button", { name: `Actions for ${robot.name}` })).toBeFocused();
    expect((await anonymous.get("/api/users/me", { headers })).status()).toBe(401);

    await choose(page, robot.name, "Reactivate");
    await expect(row).not.toContainText("Deactivated");
    await expect(row).toContainText("1 active");
    expect((await anonymous.get("/api/users/me", { headers })).status()).toBe(200);
  });

  test("shows it deactivated only once the server has said so; until then it says it is at it", async ({
    adminPage: page,
    api,
  }) => {
    const robot = await makeService(api);
    const row = await openRow(page, robot.name);
    let answer = () => {};
    const held = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route(`**/api/users/${robot.id}`, async (route) => {
      await held;
      await route.continue();
    });
    await choose(page, robot.name, "Deactivate…");
    await question(page).getByLabel("Type deactivate to confirm").fill("deactivate");
    await page.keyboard.press("Enter");
    await expect(question(page).getByRole("button", { name: "Deactivating…" })).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(question(page)).toBeVisible();
    // Behind the dialog it is hidden from roles.
    await expect(page.locator("tr", { hasText: robot.name })).not.toContainText("Deactivated");
    answer();
    await expect(row).toContainText("Deactivated");
  });

  test("that the server refuses says why, and leaves the row as it is", async ({ adminPage: page, api }) => {
    const robot = await makeService(api);
    const row = await openRow(page, robot.name);
    await page.route(`**/api/users/${robot.id}`, (route) =>
      route.fulfill({
        status: 409,
        contentType: "application/problem+json",
        json: { code: "last_administrator", detail: "They are the last active administrator." },
      }),
    );
    await choose(page, robot.name, "Deactivate…");
    await question(page).getByLabel("Type deactivate to confirm").fill("deactivate");
    await question(page).getByRole("button", { name: "Deactivate" }).click();
    await expect(question(page).getByText("They are the last active administrator.")).toBeVisible();
    await expectAccessible(page);
    await question(page).getByRole("button", { name: "Cancel" }).click();
    await expect(row).not.toContainText("Deactivated");
  });

  test("of an account that another tab has deleted says so, and the row goes", async ({
    adminPage: page,
    api,
  }) => {
    const robot = await makeService(api);
    await openRow(page, robot.name);
    await choose(page, robot.name, "Deactivate…");
    await api.delete(`/api/users/${robot.id}`);
    await question(page).getByLabel("Type deactivate to confirm").fill("deactivate");
    await page.keyboard.press("Enter");
    await expect(question(page).getByText(`There is no user ${robot.id}.`)).toBeVisible();
    // Behind the dialog it is hidden from roles.
    await expect(page.locator("tr", { hasText: robot.name })).toHaveCount(0);
    await question(page).getByRole("button", { name: "Cancel" }).click();
    await expect(page.getByText(`No users match '${robot.name}'`)).toBeVisible();
  });

  test("of oneself stays in sight, with its reason", async ({ adminPage: page }) => {
    await openRow(page, administrator.name);
    await page.getByRole("button", { name: `Actions for ${administrator.name}` }).click();
    const item = page.getByRole("menuitem", { name: "Deactivate…" });
    await expect(item).toContainText("You cannot deactivate your own account");
    await expect(item).toHaveAttribute("aria-disabled", "true");
    await item.click({ force: true });
    await expect(question(page)).toBeHidden();
  });
});

test.describe("Edit", () => {
  test("changes name, role, teams and description, and sends what was changed alone", async ({
    adminPage: page,
    api,
  }) => {
    // Among the fifty teams that are offered at once, however many others have made.
    const [robot, team] = [await makeService(api), await makeTeam(api, { name: freshName("A first team") })];
    await openRow(page, robot.name);
    await choose(page, robot.name, "Edit");
    const dialog = dialogOf(page);
    await expect(dialog.getByLabel("Name", { exact: true })).toBeFocused();
    await expect(dialog.getByText(robot.user_id)).toBeVisible();
    await expectAccessible(page);
    const name = freshName("Renamed");
    await dialog.getByLabel("Name", { exact: true }).fill(name);
    await dialog.getByRole("radio", { name: "Editor" }).check();
    await dialog.getByRole("checkbox", { name: team.name }).check();
    const sent = page.waitForRequest((request) => request.method() === "PATCH");
    await dialog.getByRole("button", { name: "Save changes" }).click();
    expect((await sent).postDataJSON()).toEqual({ name, role: "Editor", teams: [team.name] });
    await expect(dialog).toBeHidden();
    await expectToast(page, updated);
    expect(await (await api.get(`/api/users/${robot.id}`)).json()).toMatchObject({
      name,
      user_id: robot.user_id,
      role: "Editor",
      teams: ["Public", team.name],
    });
  });

  test("of what another tab has changed meanwhile says so, shows it, and keeps what was typed (412)", async ({
    adminPage: page,
    api,
  }) => {
    const robot = await makeService(api);
    await openRow(page, robot.name);
    await choose(page, robot.name, "Edit");
    const dialog = dialogOf(page);
    const name = freshName("Typed");
    await dialog.getByLabel("Name", { exact: true }).fill(name);
    const theirs = { description: "by another tab", role: "Editor" };
    await api.patch(`/api/users/${robot.id}`, { data: theirs });
    await dialog.getByRole("button", { name: "Save changes" }).click();
    await expect(dialog.getByText(`${robot.name} was changed meanwhile.`)).toBeVisible();
    await expect(dialog.getByLabel("Description")).toHaveValue(theirs.description);
    await expect(dialog.getByRole("radio", { name: "Editor" })).toBeChecked();
    await expect(dialog.getByLabel("Name", { exact: true })).toHaveValue(name);
    expect(await (await api.get(`/api/users/${robot.id}`)).json()).toMatchObject({
      name: robot.name,
      ...theirs,
    });
    await expectAccessible(page);
    await dialog.getByRole("button", { name: "Save changes" }).click();
    await expect(dialog).toBeHidden();
    expect(await (await api.get(`/api/users/${robot.id}`)).json()).toMatchObject({ name, ...theirs });
  });

  test("is a step in the history: Back closes it, reload opens it again", async ({
    adminPage: page,
    api,
  }) => {
    const robot = await makeService(api);
    await openRow(page, robot.name);
    await choose(page, robot.name, "Edit");
    await expect(page).toHaveURL(new RegExp(`edit=${robot.id}`));
    await page.reload();
    await expect(dialogOf(page).getByLabel("Name", { exact: true })).toHaveValue(robot.name);
    await page.goBack();
    await expect(dialogOf(page)).toBeHidden();
  });

  test("tells a fault beside its field, and asks before changes are lost", async ({
    adminPage: page,
    api,
  }) => {
    const robot = await makeService(api);
    await openRow(page, robot.name);
    await choose(page, robot.name, "Edit");
    const dialog = dialogOf(page);
    await dialog.getByLabel("Name", { exact: true }).fill(" ");
    await page.keyboard.press("Enter");
    await expect(dialog.getByLabel("Name", { exact: true })).toHaveAccessibleDescription(/Enter a name/);
    await page.keyboard.press("Escape");
    const asked = page.getByRole("alertdialog", { name: "Discard your changes?" });
    await expect(asked.getByRole("button", { name: "Keep editing" })).toBeFocused();
    await expectAccessible(page);
    await asked.getByRole("button", { name: "Discard" }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByRole("button", { name: `Actions for ${robot.name}` })).toBeFocused();
  });

  test("of oneself: the role is there to read, with the reason", async ({ adminPage: page }) => {
    await openRow(page, administrator.name);
    await choose(page, administrator.name, "Edit");
    const role = dialogOf(page).getByLabel("Role");
    await expect(role).toHaveValue("Admin");
    await expect(role).toHaveAttribute("readonly");
    await expect(role).toHaveAccessibleDescription(/You cannot change your own role/);
    await expectAccessible(page);
  });

  test("after the session has ended asks to sign in; what was typed stays, and is sent once", async ({
    adminPage: page,
    api,
    server,
  }) => {
    const robot = await makeService(api);
    await openRow(page, robot.name);
    await choose(page, robot.name, "Edit");
    const dialog = page.getByRole("dialog", { name: `Edit ${robot.name}` });
    const name = freshName("Typed");
    await dialog.getByLabel("Name", { exact: true }).fill(name);
    await page.context().clearCookies();
    await dialog.getByRole("button", { name: "Save changes" }).click();
    const signIn = page.getByRole("dialog", { name: "Sign in to continue" });
    await signIn.getByLabel("E-mail").fill(administrator.email);
    await signIn.getByLabel("Password", { exact: true }).fill(administrator.password);
    await signIn.getByRole("button", { name: "Sign in" }).click();
    await expect(signIn).toBeHidden();
    await expect(dialog.getByLabel("Name", { exact: true })).toHaveValue(name);
    expect(await (await api.get(`/api/users/${robot.id}`)).json()).toMatchObject({ name: robot.name });
    await dialog.getByRole("button", { name: "Save changes" }).click();
    await expect(dialog).toBeHidden();
    expect(await (await api.get(`/api/users/${robot.id}`)).json()).toMatchObject({ name });
    await signInAs(page, server.baseURL);
  });
});

test("by keyboard alone: the row's menu, Edit, save, back on the menu", async ({ adminPage: page, api }) => {
  const robot = await makeService(api);
  await openRow(page, robot.name);
  const menu = page.getByRole("button", { name: `Actions for ${robot.name}` });
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press("Tab");
    if (await menu.evaluate((button) => button === document.activeElement)) break;
  }
  await expect(menu).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: "Open" })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(dialogOf(page).getByLabel("Name", { exact: true })).toBeFocused();
  const name = freshName("Keyed");
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type(name);
  await page.keyboard.press("Enter");
  await expect(dialogOf(page)).toBeHidden();
  await expectAnnounced(page, updated);
  expect(await (await api.get(`/api/users/${robot.id}`)).json()).toMatchObject({ name });
});

test("a Manager is offered no menu", async ({ page, api, server }) => {
  const robot = await makeService(api);
  await signInAsNew(page, server.baseURL, api, "Manager");
  await page.goto(`${usersPath}?q=${encodeURIComponent(robot.name)}&edit=${robot.id}`);
  await expect(page.getByRole("row", { name: robot.name })).toBeVisible();
  await expect(page.getByRole("button", { name: `Actions for ${robot.name}` })).toBeHidden();
  await expect(dialogOf(page)).toBeHidden();
});
