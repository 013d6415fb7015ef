import type { APIRequestContext, Page, Request } from "@playwright/test";
import { administrator, expect, test } from "@/e2e/fixtures";
import {
  addButton,
  dialogOf,
  freshName,
  openWizard,
  shownToken,
  toTokenStep,
} from "@/e2e/screens/wizard-steps";

// A click on something that is still moving into its place can miss it.
test.use({ contextOptions: { reducedMotion: "reduce" } });

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
    await create(api, name);
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
    await expect(announced(page)).toHaveText("10 teams match, 1 selected");
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
    test.slow();
    for (const [index, label] of ["30 days", "60 days", "90 days", "1 year", "Never"].entries()) {
      const name = freshName(`Expiry ${index}`);
      const dialog = await openWizard(page);
      await toTokenStep(dialog, name);
      await expect(dialog.getByLabel("Expiration")).toHaveText(/^90 days — /);
      await dialog.getByLabel("Expiration").click();
      await page.getByRole("option", { name: label }).click();
      await expect(dialog.getByLabel("Expiration")).toHaveText(new RegExp(`^${label}`));
      const told = label === "Never" ? null : await dialog.getByText(/^Expires /).textContent();
      const asked = Date.now();
      await dialog.getByRole("button", { name: "Finish" }).click();
      await shownToken(dialog);
      await close(page);

      const { expiration } = await tokenOf(api, (await accountNamed(api, name)).id);
      if (told === null) expect(expiration).toBeNull();
      else {
        // "Expires Sun 21 Feb 2027, 15:49 (UTC)"
        const shown = Date.parse(`${told.replace(/^Expires \w+ |,|\(.*$/g, "")} UTC`);
        expect(Math.abs(Date.parse(expiration) - shown)).toBeLessThan(60_000 + (Date.now() - asked));
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

test.describe("nothing is created before Finish", () => {
  test("closing at the second step sends nothing", async ({ adminPage: page, api }) => {
    const sent = creationsOf(page);
    const before = await counts(api);
    const dialog = await openWizard(page);
    await toTokenStep(dialog, freshName());
    await dialog.getByRole("button", { name: "Close" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Discard" }).click();
    await expect(dialog).toBeHidden();
    await expect(addButton(page)).toBeFocused();
    expect(sent).toEqual([]);
    expect(await counts(api)).toEqual(before);
  });

  test("a clean close is immediate: Cancel, Close, Esc, Back; focus is on Add again", async ({
    adminPage: page,
  }) => {
    for (const leave of [
      () => page.getByRole("button", { name: "Cancel" }).click(),
      () => page.getByRole("button", { name: "Close" }).click(),
      () => page.keyboard.press("Escape"),
    ]) {
      await openWizard(page);
      await leave();
      await expect(dialogOf(page)).toBeHidden();
      await expect(addButton(page)).toBeFocused();
      expect(new URL(page.url()).search).toBe("");
    }
    await openWizard(page);
    await page.goBack();
    await expect(dialogOf(page)).toBeHidden();
    await expect(page).toHaveURL(/\/settings\/security\/users$/);
  });

  test("a dirty close asks: by Esc, by Close, by the backdrop", async ({ adminPage: page }) => {
    const dialog = await openWizard(page);
    await dialog.getByLabel("Name", { exact: true }).fill("Something");
    const question = page.getByRole("alertdialog", { name: "Discard this service user?" });
    for (const leave of [
      () => page.keyboard.press("Escape"),
      () => dialog.getByRole("button", { name: "Close" }).click(),
      () => page.mouse.click(5, 5),
    ]) {
      await leave();
      await expect(question.getByRole("button", { name: "Keep editing" })).toBeFocused();
      await page.keyboard.press("Enter");
      await expect(question).toBeHidden();
      await expect(dialog.getByLabel("Name", { exact: true })).toHaveValue("Something");
    }
  });

  test("?add=service-user opens the first step, also on reload; after Finish it is gone", async ({
    adminPage: page,
  }) => {
    await page.goto("/settings/security/users?add=service-user");
    await expect(dialogOf(page).getByLabel("Name", { exact: true })).toBeFocused();
    await page.reload();
    await expect(dialogOf(page).getByText("Step 1 of 2")).toBeVisible();
    await finish(page, freshName());
    expect(new URL(page.url()).search).toBe("");
    await page.reload();
    await expect(addButton(page)).toBeVisible();
    await expect(dialogOf(page)).toBeHidden();
  });
});

test.describe("Finish", () => {
  for (const [how, press] of [
    ["a double click", (page: Page) => page.getByRole("button", { name: "Finish" }).dblclick()],
    [
      "Enter, Enter, Enter …",
      async (page: Page) => {
        await dialogOf(page).getByLabel("Name", { exact: true }).focus();
        for (let presses = 0; presses < 10; presses++) await page.keyboard.press("Enter");
      },
    ],
  ] as const)
    test(`creates one user and one token by ${how}`, async ({ adminPage: page, api }) => {
      const name = freshName();
      const sent = creationsOf(page);
      const dialog = await openWizard(page);
      await toTokenStep(dialog, name);
      await press(page);
      await shownToken(dialog);
      expect(sent).toHaveLength(1);
      expect(await tokensOf(api, (await accountNamed(api, name)).id)).toHaveLength(1);
    });

  test("gets the token also when the first answer is cut off; one user, one token", async ({
    adminPage: page,
    api,
  }) => {
    const name = freshName();
    const sent = creationsOf(page);
    let cut = 0;
    await page.route("**/api/users", async (route) => {
      if (route.request().method() !== "POST" || cut > 0) return route.fallback();
      cut += 1;
      await route.fetch();
      await route.abort("connectionreset");
    });
    const dialog = await openWizard(page);
    await toTokenStep(dialog, name);
    const answered = page.waitForResponse(
      (response) => response.request().method() === "POST" && response.url().endsWith("/api/users"),
    );
    await dialog.getByRole("button", { name: "Finish" }).click();
    const token = await shownToken(dialog);
    expect((await answered).headers()["idempotency-replayed"]).toBe("true");
    expect(new Set(sent.map((request) => request.headers()["idempotency-key"])).size).toBe(1);
    expect(sent[0]?.headers()["idempotency-key"]).toMatch(/^[\w-]{32}$/);

    const account = await accountNamed(api, name);
    expect(await tokensOf(api, account.id)).toHaveLength(1);
    const me = await api.get("/api/users/me", { headers: { authorization: `Bearer ${token}` } });
    expect((await me.json()).user_id).toBe(account.user_id);
  });

  test("says that it is still working, gives up after a minute, and tries again under the same key", async ({
    adminPage: page,
  }) => {
    await page.clock.install();
    const sent = creationsOf(page);
    await page.route("**/api/users", (route) =>
      route.request().method() === "POST" ? route.abort("connectionrefused") : route.fallback(),
    );
    const dialog = await openWizard(page);
    await toTokenStep(dialog, freshName());
    await dialog.getByRole("button", { name: "Finish" }).click();
    await expect(dialog.getByRole("button", { name: "Creating…" })).toBeFocused();
    await page.clock.runFor(5_000);
    await expect(dialog.getByRole("button", { name: "Still working…" })).toBeVisible();
    // Who left now would never see the token.
    await page.keyboard.press("Escape");
    await expect(page.getByRole("alertdialog")).toBeHidden();
    const giveUp = dialog.getByText("The server can't be reached.");
    for (let seconds = 5; seconds < 75 && !(await giveUp.isVisible()); seconds += 5)
      await page.clock.runFor(5_000);
    await expect(giveUp).toBeVisible();
    await expect(dialog.getByText("Nothing is lost")).toBeVisible();

    await page.unroute("**/api/users");
    await dialog.getByRole("button", { name: "Try again" }).click();
    await shownToken(dialog);
    expect(sent.length).toBeGreaterThan(2);
    expect(new Set(sent.map((request) => request.headers()["idempotency-key"])).size).toBe(1);
  });

  test("goes back to the name when another administrator has taken it meanwhile", async ({
    adminPage: page,
    api,
  }) => {
    const name = freshName();
    const dialog = await openWizard(page);
    await toTokenStep(dialog, name);
    await dialog.getByLabel("Name", { exact: true }).fill("kept");
    await create(api, name);
    await dialog.getByRole("button", { name: "Finish" }).click();
    await expect(dialog.getByText("Step 1 of 2")).toBeVisible();
    await expect(dialog.getByLabel("Name", { exact: true })).toBeFocused();
    await expect(dialog.getByText(/is taken by/)).toBeVisible();
    await toTokenStep(dialog, `${name} B`);
    await expect(dialog.getByLabel("Name", { exact: true })).toHaveValue("kept");
    await dialog.getByRole("button", { name: "Finish" }).click();
    await shownToken(dialog);
  });

  test("sums up two faults of the server's, with links that lead to the fields", async ({
    adminPage: page,
  }) => {
    await refuseOnce(page, 422, "invalid_input", [
      { field: "name", message: "That name won't do." },
      { field: "teams", message: "There is no team Ghosts." },
    ]);
    const dialog = await openWizard(page);
    await toTokenStep(dialog, freshName());
    await dialog.getByRole("button", { name: "Finish" }).click();
    await expect(dialog.getByText("Step 1 of 2")).toBeVisible();
    const summary = page.locator(":focus");
    await expect(summary).toContainText("There is a problem");
    await summary.getByRole("link", { name: "That name won't do." }).click();
    await expect(dialog.getByLabel("Name", { exact: true })).toBeFocused();
    await expect(dialog.getByText("There is no team Ghosts.")).toHaveCount(2);
    await dialog.getByRole("link", { name: "There is no team Ghosts." }).click();
    await expect(dialog.getByRole("group", { name: "Teams" }).locator(":focus")).toBeVisible();
  });

  test("stays at the token's name when that is at fault", async ({ adminPage: page }) => {
    await refuseOnce(page, 422, "invalid_input", [{ field: "token.name", message: "Another name, please." }]);
    const dialog = await openWizard(page);
    await toTokenStep(dialog, freshName());
    await dialog.getByRole("button", { name: "Finish" }).click();
    await expect(dialog.getByLabel("Name", { exact: true })).toBeFocused();
    await expect(dialog.getByLabel("Name", { exact: true })).toHaveAccessibleDescription(
      /Another name, please\./,
    );
    await expect(dialog.getByText("Step 2 of 2")).toBeVisible();
  });

  test("says that one's role changed", async ({ adminPage: page }) => {
    await refuseOnce(page, 403, "forbidden", []);
    const dialog = await openWizard(page);
    await toTokenStep(dialog, freshName());
    await dialog.getByRole("button", { name: "Finish" }).click();
    await expect(page.locator(":focus")).toContainText("Your role changed");
    await expect(page.locator("[data-announcer=assertive]")).toContainText("Your role changed");
  });

  test("asks to sign in when the session has ended; what was typed is still there, nothing is sent twice", async ({
    adminPage: page,
    api,
  }) => {
    const name = freshName();
    const sent = creationsOf(page);
    const dialog = await openWizard(page);
    await toTokenStep(dialog, name);
    await dialog.getByLabel("Name", { exact: true }).fill("kept");
    await page.context().clearCookies();
    await dialog.getByRole("button", { name: "Finish" }).click();
    const signIn = page.getByRole("dialog", { name: "Sign in to continue" });
    await expect(signIn.getByLabel("E-mail")).toBeFocused();
    await signIn.getByLabel("E-mail").fill(administrator.email);
    await signIn.getByLabel("Password", { exact: true }).fill("not the password");
    await signIn.getByRole("button", { name: "Sign in" }).click();
    await expect(signIn.getByText(/incorrect/)).toBeVisible();
    await signIn.getByLabel("Password", { exact: true }).fill(administrator.password);
    await signIn.getByRole("button", { name: "Sign in" }).click();
    await expect(signIn).toBeHidden();

    await expect(dialog.getByLabel("Name", { exact: true })).toHaveValue("kept");
    expect(sent).toHaveLength(1);
    await dialog.getByRole("button", { name: "Finish" }).click();
    await shownToken(dialog);
    expect(sent).toHaveLength(2);
    const tokens = await tokensOf(api, (await accountNamed(api, name)).id);
    expect(tokens.map((token) => token.name)).toEqual(["kept"]);
  });
});

interface Account {
  id: number;
  user_id: string;
  name: string;
  teams: string[];
}

async function accountNamed(api: APIRequestContext, name: string): Promise<Account> {
  const { items } = await (await api.get("/api/users", { params: { search: name } })).json();
  expect(items).toHaveLength(1);
  return items[0];
}

async function tokensOf(
  api: APIRequestContext,
  userId: number,
): Promise<{ name: string; expiration: string }[]> {
  return (await (await api.get("/api/user-tokens/service", { params: { user_id: userId } })).json()).items;
}

async function tokenOf(api: APIRequestContext, userId: number): Promise<{ expiration: string }> {
  const [token] = await tokensOf(api, userId);
  if (!token) throw new Error(`User ${userId} has no token.`);
  return token;
}

async function create(api: APIRequestContext, name: string): Promise<void> {
  expect((await api.post("/api/users", { data: { name, role: "Member" } })).status()).toBe(201);
}

async function counts(api: APIRequestContext): Promise<number[]> {
  const lists = ["/api/users", "/api/user-tokens/service"].map(async (path) => {
    const { total } = await (await api.get(path, { params: { size: 1 } })).json();
    return total as number;
  });
  return Promise.all(lists);
}

/** The requests to create a user that the page sends from now on. */
function creationsOf(page: Page): Request[] {
  const sent: Request[] = [];
  page.on("request", (request) => {
    if (request.method() === "POST" && request.url().endsWith("/api/users")) sent.push(request);
  });
  return sent;
}

/** From the open first step to the end, with the token copied. */
async function finish(page: Page, name: string): Promise<void> {
  const dialog = dialogOf(page);
  await toTokenStep(dialog, name);
  await dialog.getByRole("button", { name: "Finish" }).click();
  await shownToken(dialog);
  await close(page);
}

async function close(page: Page): Promise<void> {
  await dialogOf(page).getByRole("button", { name: "Copy token" }).click();
  await dialogOf(page).getByRole("button", { name: "Done" }).click();
  await expect(dialogOf(page)).toBeHidden();
}

/** What the screen says to those who don't see it. */
function announced(page: Page) {
  return page.locator("[data-announcer=polite]");
}

/** The next creation is answered with this problem; whichever the server can't be brought to here. */
async function refuseOnce(
  page: Page,
  status: number,
  code: string,
  errors: { field: string; message: string }[],
): Promise<void> {
  let refused = false;
  await page.route("**/api/users", (route) => {
    if (route.request().method() !== "POST" || refused) return route.fallback();
    refused = true;
    const detail = errors.map(({ message }) => message).join(" ") || "This takes the Admin role.";
    return route.fulfill({ status, contentType: "application/problem+json", json: { code, detail, errors } });
  });
}

async function staysInside(page: Page, key: string, presses: number): Promise<void> {
  for (let press = 0; press < presses; press++) {
    await page.keyboard.press(key);
    // At either end a guard, which nobody sees, hands focus on.
    await expect(dialogOf(page).locator(":focus")).toHaveCount(1);
  }
}
