import type { Page } from "@playwright/test";
import { expect, test } from "@/e2e/fixtures";
import { signInAsNew } from "@/e2e/people";
import {
  choose,
  makePerson,
  makeService,
  makeTeam,
  openRow,
  provision,
  teamsPath,
} from "@/e2e/screens/accounts";
import { act, newToken } from "@/e2e/screens/token-steps";
import { addButton, dialogOf, freshName, openWizard, toTokenStep } from "@/e2e/screens/wizard-steps";
import { expectWalkable, findTabFaults } from "@/e2e/tab-order";

/** Wide and narrow: cards have an order of their own. */
const widths = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
];

/** Walks a page from its beginning. */
async function expectPageWalkable(page: Page, path: string): Promise<void> {
  for (const viewport of widths) {
    await page.setViewportSize(viewport);
    await page.goto(path, { waitUntil: "networkidle" });
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectWalkable(page);
  }
}

test("the walk can fail: it sees what Tab passes over, what shows no focus, and what comes out of turn", async ({
  adminPage: page,
}) => {
  await page.goto("/settings/connections", { waitUntil: "networkidle" });
  await expectWalkable(page);
  await page.getByRole("main").evaluate((main) => {
    main.insertAdjacentHTML(
      "beforeend",
      `<div role="button">No stop</div><button tabindex="-1">Left out</button>
       <button id="plain">No ring</button>
       <div style="overflow: hidden"><button>Cut off</button></div>
       <div style="display: flex; flex-direction: row-reverse"><button>Right</button><button>Left</button></div>`,
    );
    const plain = document.getElementById("plain");
    if (plain) plain.style.outline = "none";
  });
  const faults = (await findTabFaults(page)).join("\n");
  for (const fault of [
    /unreachable: .*No stop/,
    /unreachable: .*Left out/,
    /focus unseen \(no outline\): .*No ring/,
    /focus unseen \(cut off by what scrolls\): .*Cut off/,
    /jumps left: .*Right.* → .*Left/,
  ])
    expect(faults).toMatch(fault);
});

test.describe("Tab reaches everything, as the eye goes, and in sight: on", () => {
  for (const path of ["/settings/connections", "/settings/account", "/settings/security/audit", "/api/docs"])
    test(path, async ({ adminPage: page }) => expectPageWalkable(page, path));

  for (const path of ["/sign-in", "/setup", "/set-password", "/nothing/is/here"])
    test(path, async ({ page }) => expectPageWalkable(page, path));

  test("tokens in every state, selected ones too", async ({ adminPage: page, api }) => {
    const { id, name } = await newToken(api, { what: "walked" });
    await api.put(`/api/user-tokens/${id}`, { data: { revoke: true } });
    const rotated = await newToken(api, { what: "walked" });
    await api.post(`/api/user-tokens/${rotated.id}/rotation`, { data: { expires_in_days: 90 } });
    await expectPageWalkable(page, "/settings/tokens");
    await page.goto("/settings/tokens?q=walked");
    await page.getByRole("checkbox", { name: `Select ${name}` }).press("Space");
    await expect(page.getByRole("region", { name: "Selected tokens" })).toBeVisible();
    await expectWalkable(page);
  });

  test("users, teams, and a page of each", async ({ adminPage: page, api, anonymous }) => {
    const team = await makeTeam(api);
    const robot = await makeService(api, { teams: [team.name, "Data Quality", "Data Engineering"] });
    const { person } = await provision(api, anonymous);
    for (const path of [
      "/settings/security/users",
      `/settings/security/users/${robot.id}`,
      `/settings/security/users/${person.id}`,
      teamsPath,
      `${teamsPath}/${team.id}`,
      `${teamsPath}/1`,
    ])
      await expectPageWalkable(page, path);
  });

  test("what a Member is shown, and refused", async ({ page, api, server }) => {
    await signInAsNew(page, server.baseURL, api, "Member");
    for (const path of ["/settings/connections", "/settings/tokens", "/settings/security/users"])
      await expectPageWalkable(page, path);
  });
});

test.describe("In a dialog Tab stays, reaches everything, and Esc leads back: in", () => {
  for (const viewport of widths) {
    test.describe(`${viewport.width} px`, () => {
      test.use({ viewport });

      test("the wizard, each step", async ({ adminPage: page }) => {
        const dialog = await openWizard(page);
        await expectWalkable(page);
        await page.getByRole("dialog").getByLabel("Name", { exact: true }).focus();
        await page.keyboard.press("Escape");
        await expect(addButton(page)).toBeFocused();

        await openWizard(page);
        await toTokenStep(dialog, freshName());
        await expectWalkable(page);
        await page.keyboard.press("Escape");
        await expect(page.getByRole("alertdialog")).toBeVisible();
        await expectWalkable(page);
        await page.getByRole("alertdialog").getByRole("button", { name: "Discard" }).press("Enter");
        await expect(addButton(page)).toBeFocused();
      });

      test("the reveal", async ({ adminPage: page, api }) => {
        const { name } = await newToken(api);
        await page.goto(`/settings/tokens?q=${name}`);
        await act(page, name, "Rotate…");
        await expect(dialogOf(page)).toBeVisible();
        await expectWalkable(page);
        await dialogOf(page).getByRole("button", { name: "Rotate" }).press("Enter");
        await expect(dialogOf(page).getByRole("heading", { name: "Copy your token now" })).toBeFocused();
        await expectWalkable(page);
        await page.keyboard.press("Escape");
        await expect(page.getByRole("alertdialog")).toBeVisible();
        await expectWalkable(page);
      });

      test("what is made", async ({ adminPage: page }) => {
        for (const [path, opener, title] of [
          ["/settings/security/users?add=person", "Add", "Add person"],
          ["/settings/security/users?add=team", "Add", "Add team"],
          ["/settings/tokens?add=token", "Generate Token", "Generate Token"],
        ] as const) {
          await page.goto(path);
          await expect(page.getByRole("dialog", { name: title })).toBeVisible();
          await expectWalkable(page);
          await page.keyboard.press("Escape");
          await expect(page.getByRole("dialog")).toBeHidden();
          await expect(page.getByRole("button", { name: opener, exact: true })).toBeFocused();
        }
      });

      test("what is done to what exists", async ({ adminPage: page, api }) => {
        const [robot, person] = [await makeService(api), await makePerson(api)];
        for (const [{ name }, item] of [
          [robot, "Edit"],
          [robot, "Deactivate…"],
          [person, "Edit"],
        ] as const) {
          await openRow(page, name);
          await choose(page, name, item);
          await expect(page.locator("[data-dialog]")).toBeVisible();
          await expectWalkable(page);
          await page.keyboard.press("Escape");
          await expect(page.getByRole("button", { name: `Actions for ${name}` })).toBeFocused();
        }
        const token = await newToken(api);
        await page.goto(`/settings/tokens?q=${token.name}`);
        for (const item of ["Rename…", "Revoke…"]) {
          await act(page, token.name, item);
          await expect(page.locator("[data-dialog]")).toBeVisible();
          await expectWalkable(page);
          await page.keyboard.press("Escape");
          await expect(
            page.getByRole("button", { name: `Actions for ${token.name}`, exact: true }),
          ).toBeFocused();
        }
      });

      test("a team's", async ({ adminPage: page, api }) => {
        const team = await makeTeam(api);
        await page.goto(`${teamsPath}/${team.id}`, { waitUntil: "networkidle" });
        for (const opener of ["Add members", "Edit", "Delete…"]) {
          await page.getByRole("button", { name: opener }).press("Enter");
          await expect(page.locator("[data-dialog]")).toBeVisible();
          await page.waitForLoadState("networkidle");
          await expectWalkable(page);
          await page.keyboard.press("Escape");
          await expect(page.getByRole("button", { name: opener })).toBeFocused();
        }
      });
    });
  }
});
