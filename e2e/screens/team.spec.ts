import { expectAccessible } from "@/e2e/axe";
import { expect, test } from "@/e2e/fixtures";
import { expectAnnounced } from "@/e2e/fleeting";
import { collectFaults } from "@/e2e/page-faults";
import { reopen, untilAlive } from "@/e2e/page-life";
import { signInAsNew } from "@/e2e/people";
import {
  choose,
  makePerson,
  makeService,
  makeTeam,
  openRow,
  provision,
  question,
  teamsPath,
} from "@/e2e/screens/accounts";
import { dialogOf, freshName } from "@/e2e/screens/wizard-steps";

const pathOf = ({ id }: { id: number }) => `${teamsPath}/${id}`;

test("a team's name leads to its page: what it is for, and who is in it", async ({
  adminPage: page,
  api,
}) => {
  const faults = collectFaults(page);
  const team = await makeTeam(api, { description: "Looks after the catalog" });
  const member = await makeService(api, { teams: [team.name] });
  await openRow(page, team.name, teamsPath);
  await untilAlive(page);
  await page.getByRole("link", { name: team.name }).click();
  await expect(page.getByRole("heading", { name: team.name, level: 1 })).toBeFocused();
  await expect(page).toHaveTitle(`${team.name} · Security · Latchkey`);
  await expect(page.getByText("Looks after the catalog")).toBeVisible();
  await expect(page.getByRole("link", { name: "Teams", exact: true })).toHaveAttribute(
    "aria-current",
    "page",
  );
  await expect(page.getByRole("row")).toHaveCount(2);
  await expectAccessible(page);
  await page.getByRole("link", { name: member.name }).click();
  await expect(page.getByRole("heading", { name: member.name, level: 1 })).toBeVisible();
  expect(faults).toEqual([]);
});

test("Add members looks for them by typing, and adds all in one go", async ({ adminPage: page, api }) => {
  const team = await makeTeam(api);
  const [inside, one, two] = [
    await makeService(api, { teams: [team.name] }),
    await makeService(api),
    await makePerson(api),
  ];
  await page.goto(pathOf(team));
  await page.getByRole("button", { name: "Add members" }).click();
  const dialog = dialogOf(page);
  const filter = dialog.getByRole("searchbox", { name: "Filter accounts" });
  await expect(filter).toBeFocused();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Add members" }).click();
  await expect(dialog.getByText("Choose at least one account.")).toBeVisible();
  await expect(dialog.getByRole("searchbox", { name: "Filter accounts" })).toBeFocused();
  for (const { name } of [one, two]) {
    await filter.fill(name);
    await dialog.getByRole("checkbox", { name }).check();
  }
  await filter.fill(inside.name);
  await expect(dialog.getByRole("checkbox", { name: inside.name })).toHaveAccessibleDescription(
    "already a member",
  );
  // What was chosen before stays in sight.
  await expect(dialog.getByRole("checkbox", { name: one.name })).toBeChecked();
  await expectAccessible(page);
  const sent = page.waitForRequest((request) => request.method() === "PATCH");
  await dialog.getByRole("button", { name: "Add members" }).click();
  expect((await sent).postDataJSON()).toEqual({ add: [one.id, two.id] });
  await expect(dialog).toBeHidden();
  await expectAnnounced(page, `2 members added to ${team.name}`);
  await expect(page.getByRole("row")).toHaveCount(4);
  await expect(page.getByRole("button", { name: "Add members" })).toBeFocused();
});

test("Remove takes one out, after a question; focus goes to the next row", async ({
  adminPage: page,
  api,
}) => {
  const team = await makeTeam(api);
  const members = [
    await makeService(api, { name: freshName("A"), teams: [team.name] }),
    await makeService(api, { name: freshName("B"), teams: [team.name] }),
  ] as const;
  await page.goto(pathOf(team));
  await choose(page, members[0].name, "Remove from team…");
  await expect(question(page).getByRole("button", { name: "Cancel" })).toBeFocused();
  await expectAccessible(page);
  await question(page).getByRole("button", { name: "Remove" }).click();
  await expect(page.getByRole("row", { name: members[0].name })).toBeHidden();
  await expect(page.getByRole("button", { name: `Actions for ${members[1].name}` })).toBeFocused();
  await choose(page, members[1].name, "Remove from team…");
  await question(page).getByRole("button", { name: "Remove" }).click();
  await expect(page.getByText("No members yet")).toBeVisible();
  await expectAccessible(page);
  expect(await (await api.get(`/api/users/${members[0].id}`)).json()).toMatchObject({ teams: ["Public"] });
});

test("several are taken out in one go: who they are stands in the question, and the others stay", async ({
  adminPage: page,
  api,
}) => {
  const team = await makeTeam(api);
  const [one, two, three] = [
    await makeService(api, { name: freshName("A"), teams: [team.name] }),
    await makeService(api, { name: freshName("B"), teams: [team.name] }),
    await makeService(api, { name: freshName("C"), teams: [team.name] }),
  ];
  await page.goto(pathOf(team));
  await page.getByRole("checkbox", { name: "Select all on this page" }).press("Space");
  const bar = page.getByRole("region", { name: "Selected members" });
  await expect(bar).toContainText("3 selected");
  await page.getByRole("checkbox", { name: `Select ${two.name}` }).press("Space");
  await expect(bar).toContainText("2 selected");
  await expectAccessible(page);
  await bar.getByRole("button", { name: "Remove 2…" }).press("Enter");
  const asked = page.getByRole("alertdialog", { name: `Remove 2 members from ${team.name}?` });
  await expect(asked.getByRole("button", { name: "Cancel" })).toBeFocused();
  await expect(asked.getByRole("listitem")).toContainText([one.user_id, three.user_id]);
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(bar.getByRole("button", { name: "Remove 2…" })).toBeFocused();

  await page.keyboard.press("Enter");
  const sent = page.waitForRequest((request) => request.method() === "PATCH");
  await asked.getByRole("button", { name: "Remove 2 members" }).press("Enter");
  expect((await sent).postDataJSON()).toEqual({ remove: [one.id, three.id] });
  await expectAnnounced(page, `2 members removed from ${team.name}`);
  await expect(bar).toBeHidden();
  await expect(page.getByRole("row")).toHaveCount(2);
  await expect(page.getByRole("row", { name: two.name })).toBeVisible();
  // Nobody is left at the top of a page that has lost the button.
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).not.toBe("BODY");
  await page.goto("/settings/security/audit?action=team.members_changed");
  await expect(page.getByRole("row", { name: team.name }).first()).toBeVisible();
});

test("in a team of the identity provider's only service users are selected; the others' boxes say why", async ({
  adminPage: page,
  api,
  anonymous,
}) => {
  const { person, team } = await provision(api, anonymous);
  const robot = await makeService(api, { teams: [team.name] });
  await page.goto(pathOf(team));
  const blocked = page.getByRole("checkbox", { name: `Select ${person.name}` });
  await expect(blocked).toHaveAttribute("aria-disabled", "true");
  await expect(blocked).toHaveAccessibleDescription("Managed by your identity provider");
  await blocked.press("Space");
  await expect(blocked).not.toBeChecked();
  await page.getByRole("checkbox", { name: "Select all on this page" }).press("Space");
  await expect(page.getByRole("region", { name: "Selected members" })).toContainText("1 selected");
  await expect(page.getByRole("checkbox", { name: `Select ${robot.name}` })).toBeChecked();
  await expect(page.getByRole("checkbox", { name: "Select all on this page" })).toBeChecked();
  await expectAccessible(page);
});

test("Edit renames it: the members stay, a taken name is told beside the field", async ({
  adminPage: page,
  api,
}) => {
  const [team, other] = [await makeTeam(api), await makeTeam(api)];
  const member = await makeService(api, { teams: [team.name] });
  await page.goto(pathOf(team));
  await page.getByRole("button", { name: "Edit" }).click();
  const dialog = dialogOf(page);
  await dialog.getByLabel("Name", { exact: true }).fill(other.name.toUpperCase());
  await page.keyboard.press("Enter");
  await expect(dialog.getByLabel("Name", { exact: true })).toBeFocused();
  await expect(dialog.getByLabel("Name", { exact: true })).toHaveAccessibleDescription(
    /There is a team named/,
  );
  await expectAccessible(page);
  const name = freshName("Renamed");
  await dialog.getByLabel("Name", { exact: true }).fill(name);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
  await expect(page.getByRole("row", { name: member.name })).toBeVisible();
  await expect(page.getByRole("button", { name: "Edit" })).toBeFocused();
});

test("Delete says who loses what; the accounts stay", async ({ adminPage: page, api }) => {
  const team = await makeTeam(api);
  const member = await makeService(api, { teams: [team.name] });
  await page.goto(pathOf(team));
  await page.getByRole("button", { name: "Delete…" }).click();
  await expect(question(page)).toContainText(`1 member leaves it: ${member.name}.`);
  await expect(question(page)).toContainText("Their accounts and tokens stay.");
  await expect(question(page).getByRole("button", { name: "Cancel" })).toBeFocused();
  await expectAccessible(page);
  await question(page)
    .getByRole("button", { name: `Delete ${team.name}` })
    .click();
  await expect(page).toHaveURL(new RegExp(`${teamsPath}$`));
  expect(await (await api.get(`/api/users/${member.id}`)).json()).toMatchObject({ teams: ["Public"] });
  const gone = await page.goto(pathOf(team));
  expect(gone?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "Team not found", level: 1 })).toBeVisible();
});

test("deleting from the list leaves focus on the next row's menu", async ({ adminPage: page, api }) => {
  const stem = freshName("Listed");
  const [first, second] = [
    await makeTeam(api, { name: `${stem} 1` }),
    await makeTeam(api, { name: `${stem} 2` }),
  ];
  await page.goto(`${teamsPath}?q=${encodeURIComponent(stem)}`);
  await choose(page, first.name, "Delete…");
  await expect(question(page)).toContainText("It has no members");
  await question(page)
    .getByRole("button", { name: `Delete ${first.name}` })
    .click();
  await expect(page.getByRole("row", { name: first.name })).toBeHidden();
  await expect(page.getByRole("button", { name: `Actions for ${second.name}` })).toBeFocused();
  await expectAnnounced(page, `${first.name} deleted`);
});

test("Public is locked, and says why", async ({ adminPage: page }) => {
  await page.goto(teamsPath);
  await page.getByRole("button", { name: "Actions for Public" }).click();
  for (const item of ["Edit", "Delete…"]) {
    await expect(page.getByRole("menuitem", { name: item })).toHaveAttribute("aria-disabled", "true");
    await expect(page.getByRole("menuitem", { name: item })).toContainText(
      "Public always exists and holds everybody",
    );
  }
  await page.getByRole("menuitem", { name: "Open" }).click();
  await expect(page.getByText("Everybody is a member, always")).toBeVisible();
  for (const button of ["Edit", "Add members", "Delete…"])
    await expect(page.getByRole("button", { name: button })).toBeHidden();
  await expect(page.getByRole("row", { name: "ada@example.com" })).toBeVisible();
  await expectAccessible(page);
});

test("a team of the identity provider's: its name and people are there to read, service users come and go", async ({
  adminPage: page,
  api,
  anonymous,
}) => {
  const { person, team, token } = await provision(api, anonymous);
  const robot = await makeService(api);
  const row = await openRow(page, team.name, teamsPath);
  await expect(row).toContainText("SCIM");
  await page.goto(pathOf(team));
  await expect(page.getByText(`Managed by your identity provider (token ${token})`)).toBeVisible();
  await page.getByRole("button", { name: `Actions for ${person.name}` }).click();
  await expect(page.getByRole("menuitem", { name: "Remove from team…" })).toContainText(
    "Managed by your identity provider",
  );
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Edit" }).click();
  await expect(dialogOf(page).getByLabel("Name", { exact: true })).toHaveAttribute("readonly");
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Add members" }).click();
  await dialogOf(page).getByRole("searchbox", { name: "Filter accounts" }).fill(robot.name);
  await dialogOf(page).getByRole("checkbox", { name: robot.name }).check();
  await dialogOf(page).getByRole("button", { name: "Add members" }).click();
  await expect(page.getByRole("row", { name: robot.name })).toBeVisible();
});

test("search, order and page of the members survive reload; wrong values are left out", async ({
  adminPage: page,
  api,
}) => {
  const team = await makeTeam(api);
  const names: string[] = [];
  for (let n = 10; n < 37; n++)
    names.push((await makeService(api, { name: `${team.name} Member ${n}`, teams: [team.name] })).name);
  await page.goto(`${pathOf(team)}?sort=x&page=0`);
  await expect(page.getByText("1–25 of 27")).toBeVisible();
  await page.getByRole("button", { name: "Next" }).click();
  await expect(page.getByText("26–27 of 27")).toBeVisible();
  await reopen(page);
  await expect(page.getByRole("row")).toHaveCount(3);
  await page.goBack();
  await page.getByRole("searchbox", { name: "Search members" }).fill(names[3] ?? "");
  await expect(page.getByRole("row")).toHaveCount(2);
  await page.getByRole("searchbox", { name: "Search members" }).fill("no such member");
  await expect(page.getByText("No members match 'no such member'")).toBeVisible();
});

test.describe("who may", () => {
  for (const role of ["Member", "Editor"] as const)
    test(`${role}s get the forbidden page (403) and nothing of what is on it`, async ({
      page,
      api,
      server,
    }) => {
      const team = await makeTeam(api);
      await signInAsNew(page, server.baseURL, api, role);
      const answer = await page.goto(pathOf(team));
      expect(answer?.status()).toBe(403);
      expect(await answer?.text()).not.toContain(team.name);
    });

  test("a Manager reads it and is offered nothing to change", async ({ page, api, server }) => {
    const team = await makeTeam(api);
    await makeService(api, { teams: [team.name] });
    await signInAsNew(page, server.baseURL, api, "Manager");
    await page.goto(`${pathOf(team)}?edit=${team.id}`);
    await expect(page.getByRole("row")).toHaveCount(2);
    for (const button of ["Edit", "Add members", "Delete…", /^Actions for/])
      await expect(page.getByRole("button", { name: button })).toBeHidden();
    await expect(dialogOf(page)).toBeHidden();
    await expectAccessible(page);
  });
});
