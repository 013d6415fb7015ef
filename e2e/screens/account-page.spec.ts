import { expectAccessible } from "@/e2e/axe";
import { administrator, expect, test } from "@/e2e/fixtures";
import { expectToast } from "@/e2e/fleeting";
import { collectFaults } from "@/e2e/page-faults";
import { signInAsNew } from "@/e2e/people";
import { makePerson, makeService, makeTeam, provision, question, usersPath } from "@/e2e/screens/accounts";
import { closeReveal, dialogOf, freshName } from "@/e2e/screens/wizard-steps";

const pathOf = ({ id }: { id: number }) => `${usersPath}/${id}`;

test("says what an account is, what it may do, what it holds and what became of it", async ({
  adminPage: page,
  api,
}) => {
  const faults = collectFaults(page);
  const team = await makeTeam(api);
  const robot = await makeService(api, { teams: [team.name], role: "Editor" });
  await api.patch(`/api/users/${robot.id}`, { data: { description: "Loads the lake.\nAsk #lake." } });
  const answer = await page.goto(pathOf(robot));
  expect(answer?.status()).toBe(200);
  await expect(page).toHaveTitle(`${robot.name} · Security · Latchkey`);
  await expect(page.getByRole("heading", { name: robot.name, level: 1 })).toBeVisible();
  await expect(page.getByRole("button", { name: "Copy ID" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Users", exact: true })).toHaveAttribute(
    "aria-current",
    "page",
  );
  const access = page.getByRole("region", { name: "Access" });
  for (const [term, value] of [
    ["Role", "Editor"],
    ["Teams", `Public, ${team.name}`],
    ["Description", "Loads the lake. Ask #lake."],
    ["Sign-in", "Cannot sign in"],
    ["Source", "Local"],
    ["Number", String(robot.id)],
    ["Last seen", "Not used"],
  ] as const)
    await expect(access.getByRole("term").filter({ hasText: term }).locator("+ dd")).toContainText(value);
  await expect(page.getByRole("region", { name: "Tokens" })).toContainText("production");
  await expect(page.getByRole("region", { name: "Recent activity" })).toContainText("Service user created");
  await expectAccessible(page);
  expect(faults).toEqual([]);
});

test("Edit changes it in place: the heading and the title follow", async ({ adminPage: page, api }) => {
  const robot = await makeService(api);
  await page.goto(pathOf(robot));
  await page.getByRole("button", { name: "Edit" }).click();
  const name = freshName("Renamed");
  await dialogOf(page).getByLabel("Name", { exact: true }).fill(name);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
  await expect(page.getByRole("button", { name: "Edit" })).toBeFocused();
});

test("Deactivate and Reactivate, with a banner in between", async ({ adminPage: page, api, anonymous }) => {
  const robot = await makeService(api);
  const headers = { authorization: `Bearer ${robot.secret}` };
  const status = async () => (await anonymous.get("/api/users/me", { headers })).status();
  await page.goto(pathOf(robot));
  await page.getByRole("button", { name: "Deactivate…" }).click();
  await question(page).getByLabel("Type deactivate to confirm").fill("deactivate");
  await question(page).getByRole("button", { name: "Deactivate" }).click();
  await expect(page.getByText("None of its tokens works.")).toBeVisible();
  expect(await status()).toBe(401);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Reactivate" }).click();
  await expect(page.getByText("None of its tokens works.")).toBeHidden();
  expect(await status()).toBe(200);
});

test("Delete lists what goes along, takes the typed word, and leads to the users", async ({
  adminPage: page,
  api,
  anonymous,
}) => {
  const team = await makeTeam(api);
  const robot = await makeService(api, { teams: [team.name] });
  await page.goto(pathOf(robot));
  await page.getByRole("button", { name: "Delete…" }).click();
  await expect(question(page)).toContainText("1 active token");
  await expect(question(page)).toContainText(`membership of ${team.name}`);
  await expect(question(page)).toContainText("the audit log keeps the name");
  await expectAccessible(page);
  await question(page)
    .getByRole("button", { name: `Delete ${robot.name}` })
    .click();
  await expect(question(page).getByLabel("Type delete to confirm")).toBeFocused();
  await page.keyboard.type("delete");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`${usersPath}$`));
  await expect(page.getByRole("heading", { name: "Users", level: 1 })).toBeFocused();
  await expectToast(page, `${robot.name} deleted`);
  const headers = { authorization: `Bearer ${robot.secret}` };
  expect((await anonymous.get("/api/users/me", { headers })).status()).toBe(401);

  const gone = await page.goto(pathOf(robot));
  expect(gone?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "User not found", level: 1 })).toBeVisible();
});

test("a person gets a new one-time link, after hearing what it does; an earlier one stops", async ({
  adminPage: page,
  api,
  anonymous,
  server,
}) => {
  const person = await makePerson(api);
  await page.goto(pathOf(person));
  await expect(page.getByText(`With e-mail and password, as ${person.user_id}`)).toBeVisible();
  await page.getByRole("button", { name: "New one-time link…" }).click();
  const dialog = dialogOf(page);
  await expect(dialog).toContainText("A link given before stops working at once.");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Create link" }).click();
  await expect(dialog.getByRole("heading", { name: "Copy the link now" })).toBeFocused();
  const link = (await dialog.getByRole("group", { name: "Link" }).textContent()) ?? "";
  await expectAccessible(page);
  await closeReveal(page, "link");
  await expect(page.getByRole("button", { name: "New one-time link…" })).toBeFocused();
  const set = async (from: string) =>
    (
      await anonymous.post("/api/password", {
        data: { code: from.split("#code=")[1], password: "a password of the tests" },
        headers: { origin: server.baseURL },
      })
    ).status();
  expect(await set(person.link)).toBe(410);
  expect(await set(link)).toBe(200);
});

test("one's own account: what one can't do to oneself stays in sight, with the reason", async ({
  adminPage: page,
}) => {
  const { id } = await (await page.request.get("/api/users/me")).json();
  await page.goto(pathOf({ id }));
  for (const [button, reason] of [
    ["Deactivate…", "You cannot deactivate your own account."],
    ["Delete…", "You cannot delete your own account."],
  ] as const) {
    const blocked = page.getByRole("button", { name: button });
    await expect(blocked).toHaveAttribute("aria-disabled", "true");
    await expect(blocked).toHaveAccessibleDescription(new RegExp(reason));
    await blocked.click({ force: true });
    await expect(question(page)).toBeHidden();
  }
  await expect(page.getByText("You cannot change your own role.")).toBeVisible();
  await expect(page.getByRole("button", { name: "New one-time link…" })).toBeHidden();
});

test("one that another tab deletes says so as soon as it is looked at anew", async ({
  adminPage: page,
  api,
}) => {
  const robot = await makeService(api);
  await page.goto(pathOf(robot));
  await page.getByRole("button", { name: "Edit" }).click();
  await dialogOf(page).getByLabel("Name", { exact: true }).fill("Too late");
  await api.delete(`/api/users/${robot.id}`);
  await page.keyboard.press("Enter");
  await expect(page.getByText(`${robot.name} was deleted meanwhile.`)).toBeVisible();
  await expectAccessible(page);
});

test("what an identity provider manages is there to read, and names the source (A8)", async ({
  adminPage: page,
  api,
  anonymous,
}) => {
  const { person, team, token } = await provision(api, anonymous, { role: "Editor" });
  // Among the fifty that are offered at once, however many others have made.
  const local = await makeTeam(api, { name: freshName("A first team") });
  await page.goto(pathOf(person));
  const source = `anaged by your identity provider (token ${token})`;
  await expect(page.getByRole("region", { name: "Access" })).toContainText(source);
  await page.getByRole("button", { name: "Edit" }).click();
  const dialog = dialogOf(page);
  for (const label of ["Name", "Role"]) {
    const field = dialog.getByLabel(label, { exact: true });
    await expect(field).toHaveAttribute("readonly");
    await expect(field).toHaveAccessibleDescription(new RegExp(`token ${token}`));
  }
  const group = dialog.getByRole("checkbox", { name: team.name });
  await expect(group).toHaveAccessibleDescription("Managed by your identity provider");
  await expect(group).toBeChecked();
  await group.click();
  await expect(group).toBeChecked();
  await expectAccessible(page);
  await dialog.getByRole("checkbox", { name: local.name }).check();
  await dialog.getByRole("button", { name: "Save changes" }).click();
  await expect(dialog).toBeHidden();
  const { teams } = await (await api.get(`/api/users/${person.id}`)).json();
  expect(teams.toSorted()).toEqual(["Public", team.name, local.name].toSorted());
});

test("a person's teams stay as they are until it is known who manages them", async ({
  adminPage: page,
  api,
  anonymous,
}) => {
  const { person, team } = await provision(api, anonymous);
  let answer = () => {};
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route("**/api/teams?*", async (route) => {
    await answered;
    await route.continue();
  });
  await page.goto(pathOf(person));
  await page.getByRole("button", { name: "Edit" }).click();
  const group = dialogOf(page).getByRole("checkbox", { name: team.name });
  await expect(group).toHaveAccessibleDescription("Looking who manages it…");
  await group.click();
  await expect(group).toBeChecked();
  answer();
  await expect(group).toHaveAccessibleDescription("Managed by your identity provider");
});

test("who manages a team is asked for where the team isn't among the first fifty, and left alone where that fails", async ({
  adminPage: page,
  api,
  anonymous,
}) => {
  const { person, team } = await provision(api, anonymous);
  let failing = true;
  await page.route("**/api/teams?*", async (route) => {
    const query = new URL(route.request().url()).searchParams;
    if (query.get("search") !== team.name)
      return route.fulfill({ json: { items: [], total: 60, page: 1, size: 50 } });
    if (failing) return route.fulfill({ status: 404, json: {} });
    return route.continue();
  });
  const openGroup = async () => {
    await page.goto(pathOf(person));
    await page.getByRole("button", { name: "Edit" }).click();
    return dialogOf(page).getByRole("checkbox", { name: team.name });
  };
  const unknown = await openGroup();
  await expect(unknown).toHaveAccessibleDescription("Not known who manages it");
  await unknown.click();
  await expect(unknown).toBeChecked();
  failing = false;
  const group = await openGroup();
  await expect(group).toHaveAccessibleDescription("Managed by your identity provider");
  await group.click();
  await expect(group).toBeChecked();
});

test.describe("who may", () => {
  for (const id of ["999999", "0", "1.5", "abc", "-1"])
    test(`the number ${id} is 404, in the shell`, async ({ adminPage: page }) => {
      const answer = await page.goto(`${usersPath}/${id}`);
      expect(answer?.status()).toBe(404);
      await expect(page.getByRole("heading", { name: "User not found", level: 1 })).toBeVisible();
      await expect(page.getByRole("link", { name: "Settings", exact: true }).first()).toBeVisible();
      await page.getByRole("link", { name: "Back to Users" }).click();
      await expect(page).toHaveURL(new RegExp(`${usersPath}$`));
    });

  for (const role of ["Member", "Editor"] as const)
    test(`${role}s get the forbidden page (403) and nothing of what is on it`, async ({
      page,
      api,
      server,
    }) => {
      const robot = await makeService(api);
      await signInAsNew(page, server.baseURL, api, role);
      for (const path of [pathOf(robot), `${usersPath}/999999`]) {
        const answer = await page.goto(path);
        expect(answer?.status()).toBe(403);
        await expect(page.getByRole("heading", { name: "You need the Manager role" })).toBeVisible();
        expect(await answer?.text()).not.toContain(robot.name);
      }
      const payload = await page.request.get(pathOf(robot), { headers: { rsc: "1" } });
      expect(await payload.text()).not.toContain(robot.name);
    });

  test("a Manager reads it and is offered nothing to change", async ({ page, api, server }) => {
    const robot = await makeService(api);
    await signInAsNew(page, server.baseURL, api, "Manager");
    const faults = collectFaults(page);
    await page.goto(`${pathOf(robot)}?edit=${robot.id}`);
    await expect(page.getByRole("heading", { name: robot.name, level: 1 })).toBeVisible();
    await expect(page.getByRole("region", { name: "Access" })).toContainText("Member");
    // They may not see the tokens, so nothing is said of there being none.
    await expect(page.getByRole("region", { name: "Tokens" })).toContainText("It holds 1 active token");
    for (const button of ["Edit", "Deactivate…", "Delete…", "Generate Token"])
      await expect(page.getByRole("button", { name: button })).toBeHidden();
    await expect(dialogOf(page)).toBeHidden();
    await expectAccessible(page);
    expect(faults).toEqual([]);
  });

  test("without a session one is sent to sign in, and back", async ({ page, server, api }) => {
    const robot = await makeService(api);
    await page.goto(`${server.baseURL}${pathOf(robot)}`);
    await page.getByLabel("E-mail").fill(administrator.email);
    await page.getByLabel("Password", { exact: true }).fill(administrator.password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByRole("heading", { name: robot.name, level: 1 })).toBeVisible();
  });
});
