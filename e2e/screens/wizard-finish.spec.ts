import type { APIRequestContext, Page, Request } from "@playwright/test";
import { administrator, expect, test } from "@/e2e/fixtures";
import { expectAnnounced } from "@/e2e/fleeting";
import { createServiceUser } from "@/e2e/screens/accounts";
import {
  accountNamed,
  addButton,
  dialogOf,
  finish,
  freshName,
  openWizard,
  shownToken,
  tokensOf,
  toTokenStep,
} from "@/e2e/screens/wizard-steps";

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
      await expect(page).not.toHaveURL(/\?/);
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
    await expect(page).not.toHaveURL(/\?/);
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
    // From here on time passes only when it is told to; by a minute to get there, which no stall takes.
    await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 60_000);
    await dialog.getByRole("button", { name: "Finish" }).click();
    await page.clock.runFor(100);
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

    await page.clock.resume();
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
    await createServiceUser(api, { name });
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
    await expectAnnounced(page, /Your role changed/);
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
