import type { APIRequestContext, Page } from "@playwright/test";
import { expect, test } from "@/e2e/fixtures";
import { expectAnnounced } from "@/e2e/fleeting";
import { untilAlive } from "@/e2e/page-life";
import { createServiceUser } from "@/e2e/screens/accounts";
import {
  accountNamed,
  addButton,
  closeReveal,
  dialogOf,
  finish,
  freshName,
  openWizard,
  shownToken,
  tokensOf,
  toTokenStep,
} from "@/e2e/screens/wizard-steps";

test.describe("by keyboard alone", () => {
  test("Security, Add, Service User, both steps, Finish, Copy, Done", async ({ adminPage: page }) => {
    const name = freshName();
    const tabTo = async (locator: ReturnType<Page["locator"]>) => {
      for (let presses = 0; presses < 40; presses++) {
        if (await locator.evaluate((element) => element === document.activeElement)) return;
        await page.keyboard.press("Tab");
      }
      throw new Error("Tab never came there.");
    };
    await page.goto("/settings");
    await untilAlive(page);
    await tabTo(page.getByRole("link", { name: "Security", exact: true }));
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { name: "Users", level: 1 })).toBeFocused();

    await tabTo(addButton(page));
    await page.keyboard.press("ArrowDown");
    await expect(page.getByRole("menuitem", { name: "Service User" })).toBeFocused();
    await page.keyboard.press("Enter");
    const dialog = dialogOf(page);
    await expect(dialog.getByLabel("Name", { exact: true })).toBeFocused();
    await page.keyboard.type(name);
    await page.keyboard.press("Enter");
    await expect(dialog.getByRole("heading", { name: "Step 2 of 2" })).toBeFocused();

    await tabTo(dialog.getByLabel("Name", { exact: true }));
    await page.keyboard.press("Enter");
    await expect(dialog.getByRole("heading", { name: "Copy your token now" })).toBeFocused();

    // The order: token, Hide, Copy, Download … Done.
    await tabTo(dialog.getByRole("group", { name: "Token" }));
    for (const next of ["Hide", "Copy token", "Download .txt"]) {
      await page.keyboard.press("Tab");
      await expect(dialog.getByRole("button", { name: next })).toBeFocused();
    }
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Enter");
    await expect(dialog.getByText("Copied", { exact: true })).toBeVisible();
    await tabTo(dialog.getByRole("button", { name: "Done" }));
    await page.keyboard.press("Enter");
    await expect(dialog).toBeHidden();
    await expect(addButton(page)).toBeFocused();
    await expect(page.getByRole("row", { name })).toContainText("Service");
  });

  test("Add opens on its first item by Enter, Space and ↓, on its last by ↑, and Esc returns", async ({
    adminPage: page,
  }) => {
    await page.goto("/settings/security/users");
    for (const [key, item] of [
      ["Enter", "Service User"],
      ["Space", "Service User"],
      ["ArrowDown", "Service User"],
      ["ArrowUp", "Team"],
    ] as const) {
      await addButton(page).focus();
      await page.keyboard.press(key);
      await expect(page.getByRole("menuitem", { name: item })).toBeFocused();
      await page.keyboard.press("Escape");
      await expect(addButton(page)).toBeFocused();
    }
  });

  test("Tab and Shift+Tab stay inside; Esc in the open list of expirations closes only the list", async ({
    adminPage: page,
  }) => {
    const dialog = await openWizard(page);
    await staysInside(page, "Tab", 20);
    await staysInside(page, "Shift+Tab", 20);
    await toTokenStep(dialog, freshName());
    await dialog.getByLabel("Expiration").click();
    await expect(page.getByRole("option", { name: "Never" })).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("option", { name: "Never" })).toBeHidden();
    await expect(dialog).toBeVisible();
    await expect(page.getByRole("alertdialog")).toBeHidden();
    await expect(dialog.getByLabel("Expiration")).toBeFocused();
  });
});

test.describe("the first step", () => {
  test("begins in Name, with Member chosen, and shows the ID while one types", async ({
    adminPage: page,
  }) => {
    const dialog = await openWizard(page);
    await expect(dialog.getByRole("heading", { name: "Add service user" })).toBeVisible();
    await expect(dialog.getByText("Step 1 of 2 · Account")).toBeVisible();
    await expect(dialog.getByRole("radiogroup", { name: "Role" })).toBeVisible();
    await expect(dialog.getByRole("radio", { name: "Member" })).toBeChecked();
    await dialog.getByLabel("Name", { exact: true }).fill("  Café Crème 2 ");
    await expect(dialog.getByText("ID: cafe_creme_2@service")).toBeVisible();
  });

  test("warns of the Admin role", async ({ adminPage: page }) => {
    const dialog = await openWizard(page);
    const caution = dialog.getByText("Whoever holds a token of an Admin");
    await expect(caution).toBeHidden();
    await dialog.getByRole("radio", { name: "Admin" }).check();
    await expect(caution).toBeVisible();
  });

  test("keeps Public checked, whatever one does", async ({ adminPage: page, api }) => {
    const name = freshName();
    const dialog = await openWizard(page);
    const everybody = dialog.getByRole("checkbox", { name: "Public" });
    await expect(everybody).toHaveAccessibleDescription("always included");
    await everybody.click();
    await expect(everybody).toBeChecked();
    await everybody.press("Space");
    await expect(everybody).toBeChecked();
    await dialog.getByRole("checkbox", { name: "Data Quality" }).check();
    await finish(page, name);
    expect((await accountNamed(api, name)).teams).toEqual(["Public", "Data Quality"]);
  });

  test("says what is wrong beside an empty name, and takes it back while one types", async ({
    adminPage: page,
  }) => {
    const dialog = await openWizard(page);
    await dialog.getByRole("radio", { name: "Editor" }).check();
    await dialog.getByRole("button", { name: "Next" }).click();
    const name = dialog.getByLabel("Name", { exact: true });
    await expect(name).toBeFocused();
    await expect(name).toHaveAttribute("aria-invalid", "true");
    await expect(name).toHaveAccessibleDescription(/Enter a name for the service user\./);
    await name.fill("P");
    await expect(name).not.toHaveAttribute("aria-invalid");
  });

  for (const [what, name, message] of [
    ["only blanks", "   ", "Enter a name for the service user."],
    ["no letter or digit", "日本 🚀", /Use at least one letter a–z or digit/],
    ["a text-direction character", "evil\u202Eexe", "Leave out control and text-direction characters."],
    ["101 characters", "x".repeat(101), "Use at most 100 characters."],
  ] as const)
    test(`refuses a name of ${what}`, async ({ adminPage: page }) => {
      const dialog = await openWizard(page);
      await dialog.getByLabel("Name", { exact: true }).fill(name);
      await dialog.getByRole("button", { name: "Next" }).click();
      await expect(dialog.getByText(message)).toBeVisible();
      await expect(dialog.getByText("Step 1 of 2")).toBeVisible();
    });

  test("tells of a taken ID before the second step", async ({ adminPage: page, api }) => {
    const name = freshName();
    await createServiceUser(api, { name });
    const dialog = await openWizard(page);
    await dialog.getByLabel("Name", { exact: true }).fill(name.toUpperCase());
    await dialog.getByRole("button", { name: "Next" }).click();
    await expect(dialog.getByText(/is taken by .* Choose another name\./)).toBeVisible();
    await expect(dialog.getByLabel("Name", { exact: true })).toBeFocused();
  });

  test("has a filter from eight teams up, and asks the server from fifty up", async ({
    adminPage: page,
    api,
  }) => {
    const prefix = freshName("Team");
    const numbers = Array.from({ length: 55 }, (_, index) => String(index).padStart(2, "0"));
    for (const number of numbers) await api.post("/api/teams", { data: { name: `${prefix} ${number}` } });

    const dialog = await openWizard(page);
    const filter = dialog.getByRole("searchbox", { name: "Filter teams" });
    await filter.fill(`${prefix} 54`);
    await dialog.getByRole("checkbox", { name: `${prefix} 54` }).check();
    await filter.fill(`${prefix} 0`);
    await expect(dialog.getByRole("checkbox", { name: `${prefix} 03` })).toBeVisible();
    await expect(dialog.getByRole("checkbox", { name: `${prefix} 54` })).toBeChecked();
    await expect(dialog.getByRole("checkbox", { name: `${prefix} 11` })).toBeHidden();
    await expectAnnounced(page, "10 teams match, 1 selected");
    await expect(dialog.getByText("1 selected", { exact: true })).toBeVisible();

    const name = freshName();
    await finish(page, name);
    expect((await accountNamed(api, name)).teams).toEqual(["Public", `${prefix} 54`]);
  });
});

test.describe("the second step", () => {
  test("shows Type and Service User, read-only but not disabled", async ({ adminPage: page }) => {
    const name = freshName();
    const dialog = await openWizard(page);
    await toTokenStep(dialog, name);
    for (const [label, value] of [
      ["Type", "Service"],
      ["Service User", name],
    ] as const) {
      const field = dialog.getByLabel(label, { exact: true });
      await expect(field).toHaveValue(value);
      await expect(field).toBeEnabled();
      await expect(field).toHaveAttribute("readonly");
    }
    await expect(dialog.getByLabel("SCIM Administration Token")).toHaveAccessibleDescription(
      "Works on /api/scim/v2 only; can create, change and deactivate users and groups",
    );
  });

  test("suggests a name, and another one when the account's changes, but keeps what was typed", async ({
    adminPage: page,
  }) => {
    const dialog = await openWizard(page);
    const name = dialog.getByLabel("Name", { exact: true });
    const [first, second] = [freshName("Alpha"), freshName("Beta")];
    await toTokenStep(dialog, first);
    await expect(name).toHaveValue(`${first.toLowerCase().replaceAll(" ", "-")}-1`);
    await dialog.getByRole("button", { name: "Back" }).click();
    await expect(dialog.getByRole("heading", { name: "Step 1 of 2" })).toBeFocused();
    await expect(name).toHaveValue(first);
    await toTokenStep(dialog, second);
    await expect(name).toHaveValue(`${second.toLowerCase().replaceAll(" ", "-")}-1`);
    await name.fill("my own");
    await dialog.getByLabel("SCIM Administration Token").check();
    await dialog.getByRole("button", { name: "Back" }).click();
    await dialog.getByRole("button", { name: "Next" }).click();
    await expect(name).toHaveValue("my own");
    await expect(dialog.getByLabel("SCIM Administration Token")).toBeChecked();
  });

  test("has 90 days chosen; each choice shows the date that the server then sets", async ({
    adminPage: page,
    api,
  }) => {
    for (const [index, label] of ["30 days", "60 days", "90 days", "1 year", "Never"].entries()) {
      const name = freshName(`Expiry ${index}`);
      const begun = Date.now();
      const dialog = await openWizard(page);
      await toTokenStep(dialog, name);
      await expect(dialog.getByLabel("Expiration")).toHaveText(/^90 days — /);
      await dialog.getByLabel("Expiration").click();
      await page.getByRole("option", { name: label }).click();
      await expect(dialog.getByLabel("Expiration")).toHaveText(new RegExp(`^${label}`));
      const told = label === "Never" ? null : await dialog.getByText(/^Expires /).textContent();
      await dialog.getByRole("button", { name: "Finish" }).click();
      await shownToken(dialog);
      await closeReveal(page);

      const { expiration } = await tokenOf(api, (await accountNamed(api, name)).id);
      if (told === null) expect(expiration).toBeNull();
      else {
        // "Expires Sun 21 Feb 2027, 15:49 (UTC)"
        const shown = Date.parse(`${told.replace(/^Expires \w+ |,|\(.*$/g, "")} UTC`);
        expect(Math.abs(Date.parse(expiration) - shown)).toBeLessThan(60_000 + (Date.now() - begun));
      }
    }
  });

  test("warns of a token that never expires, and lets it be", async ({ adminPage: page }) => {
    const dialog = await openWizard(page);
    await toTokenStep(dialog, freshName());
    await dialog.getByLabel("Expiration").click();
    await page.getByRole("option", { name: "Never" }).click();
    await expect(dialog.getByText("A token that never expires")).toBeVisible();
    await dialog.getByRole("button", { name: "Finish" }).click();
    await expect(dialog.getByText("Never", { exact: true })).toBeVisible();
  });

  test("says what is wrong beside an empty name", async ({ adminPage: page }) => {
    const dialog = await openWizard(page);
    await toTokenStep(dialog, freshName());
    const name = dialog.getByLabel("Name", { exact: true });
    await name.fill("");
    await dialog.getByRole("button", { name: "Finish" }).click();
    await expect(name).toBeFocused();
    await expect(name).toHaveAccessibleDescription(/Enter a name for the token\./);
  });
});

async function tokenOf(api: APIRequestContext, userId: number): Promise<{ expiration: string }> {
  const [token] = await tokensOf(api, userId);
  if (!token) throw new Error(`User ${userId} has no token.`);
  return token;
}

async function staysInside(page: Page, key: string, presses: number): Promise<void> {
  for (let press = 0; press < presses; press++) {
    await page.keyboard.press(key);
    // At either end a guard, which nobody sees, hands focus on.
    await expect(dialogOf(page).locator(":focus")).toHaveCount(1);
  }
}
