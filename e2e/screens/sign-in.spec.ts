import type { Page } from "@playwright/test";
import { expectAccessible } from "@/e2e/axe";
import { administrator, expect, signInAs, startTestServer, test } from "@/e2e/fixtures";
import { collectFaults } from "@/e2e/page-faults";
import { holdScripts } from "@/e2e/page-life";

async function submit(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

const focusedText = (page: Page) => page.evaluate(() => document.activeElement?.textContent);

test.describe("signing in", () => {
  test("leads to where one wanted to go", async ({ page }) => {
    const faults = collectFaults(page);
    await page.goto("/settings/tokens?type=personal");
    await expect(page).toHaveURL("/sign-in?next=%2Fsettings%2Ftokens%3Ftype%3Dpersonal");
    await expect(page).toHaveTitle("Sign in · Latchkey");
    await submit(page, administrator.email.toUpperCase(), administrator.password);
    await expect(page.getByRole("heading", { name: "Tokens", level: 1 })).toBeVisible();
    await expect(page).toHaveURL("/settings/tokens?type=personal");
    expect(faults).toEqual([]);
  });

  test("by Enter, with a password that is shown", async ({ page }) => {
    await page.goto("/sign-in");
    await page.getByLabel("E-mail").fill(administrator.email);
    const password = page.getByLabel("Password", { exact: true });
    await password.fill(administrator.password);
    await page.getByRole("button", { name: "Show password" }).click();
    await expect(password).toHaveAttribute("type", "text");
    await password.press("Enter");
    await expect(page).toHaveURL("/settings/connections");
  });

  for (const next of ["https://evil.example", "//evil.example", "/\\evil.example", "/.//evil.example"])
    test(`never leads off the site, as ${next} would`, async ({ page }) => {
      await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
      await submit(page, administrator.email, administrator.password);
      await expect(page).toHaveURL("/settings/connections");
    });

  test("is skipped by whoever is signed in", async ({ page, server }) => {
    await signInAs(page, server.baseURL);
    await page.goto("/sign-in?next=%2Fsettings%2Faccount");
    await expect(page).toHaveURL("/settings/account");
  });

  test("by Enter before the page's code has run happens once it has", async ({ page }) => {
    const release = await holdScripts(page);
    const documents: string[] = [];
    page.on("request", (request) => {
      if (request.isNavigationRequest()) documents.push(request.method());
    });
    await page.goto("/sign-in", { waitUntil: "commit" });
    await page.getByLabel("E-mail").fill(administrator.email);
    const password = page.getByLabel("Password", { exact: true });
    await password.fill(administrator.password);
    await password.press("Enter");
    release();
    await expect(page).toHaveURL("/settings/connections");
    expect(documents).not.toContain("POST");
  });

  test("without JavaScript is told as impossible, and leaves the password in no address", async ({
    browser,
    server,
  }) => {
    const context = await browser.newContext({ baseURL: server.baseURL, javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto("/sign-in");
    await expect(page.locator("noscript")).toBeVisible();
    expect(await page.content()).toContain("Latchkey needs JavaScript.");
    await submit(page, administrator.email, administrator.password);
    expect(page.url()).toBe(`${server.baseURL}/sign-in`);
    await context.close();
  });
});

test.describe("a failure", () => {
  for (const [who, email] of [
    ["a wrong password", administrator.email],
    ["an unknown e-mail", "nobody@example.com"],
    ["a service account", "test_robot@service"],
  ] as const)
    test(`reads the same for ${who}`, async ({ page }) => {
      await page.goto("/sign-in");
      await submit(page, email, "not the password at all");
      await expect.poll(() => focusedText(page)).toBe("E-mail or password is incorrect.");
      await expect(page.getByLabel("E-mail")).toHaveValue(email);
      await expect(page.getByLabel("Password", { exact: true })).toHaveValue("");
      await expect(page).toHaveURL("/sign-in");
    });

  test("in one field is told there, with focus", async ({ page }) => {
    await page.goto("/sign-in");
    await submit(page, administrator.email, "");
    const password = page.getByLabel("Password", { exact: true });
    await expect(password).toBeFocused();
    await expect(password).toHaveAttribute("aria-invalid", "true");
    await expect(password).toHaveAccessibleDescription("Enter your password.");
  });

  test("in two fields is summed up, with a link to each", async ({ page }) => {
    await page.goto("/sign-in");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect.poll(() => focusedText(page)).toContain("There is a problem");
    await page.getByRole("link", { name: "Enter your password." }).click();
    await expect(page.getByLabel("Password", { exact: true })).toBeFocused();
    await page.getByRole("link", { name: "Enter your e-mail." }).click();
    await expect(page.getByLabel("E-mail")).toBeFocused();
    await expectAccessible(page);
  });

  test("of the server is told without losing what was typed", async ({ page }) => {
    await page.goto("/sign-in");
    await page.route("**/api/session", (route) => route.abort());
    await submit(page, administrator.email, administrator.password);
    await expect.poll(() => focusedText(page)).toBe("The server can't be reached.");
    await expect(page.getByLabel("E-mail")).toHaveValue(administrator.email);
  });

  test("repeated too often has to wait, and the wait is counted down", async ({ page }) => {
    const { server, stop } = await startTestServer();
    try {
      for (let attempt = 0; attempt < 10; attempt++)
        await page.request.post(`${server.baseURL}/api/session`, {
          data: { email: "ada@example.com", password: "wrong" },
          headers: { origin: server.baseURL },
        });
      await page.clock.install();
      await page.goto(`${server.baseURL}/sign-in`);
      // From here on time passes only when it is told to, so that a stall counts for nothing.
      await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 60_000);
      await submit(page, "ada@example.com", administrator.password);
      const told = page.getByText("Too many attempts. Try again in 1");
      const focused = async () => {
        await page.clock.runFor(10);
        return focusedText(page);
      };
      await expect.poll(focused).toContain("Too many attempts.");
      await expect(told).toHaveText(/Try again in 1[0-5] minutes( \d+ seconds?)?\.$/);
      const before = await told.textContent();
      // Not by the second; and fewer than fifteen, since some have passed meanwhile.
      await page.clock.runFor(6_000);
      await expect(told).toHaveText(before ?? "");
      await page.clock.runFor(10_000);
      await expect(told).not.toHaveText(before ?? "");
      await page.clock.resume();
      await expectAccessible(page);
      await page.clock.fastForward("15:00");
      await expect(page.getByText("You can try again now.")).toBeVisible();
    } finally {
      await stop();
    }
  });
});

test("the sign-in page is accessible", async ({ page }) => {
  await page.goto("/sign-in?notice=password-set");
  await expect(page.getByText("Your password is set. Sign in with it.")).toBeVisible();
  await expectAccessible(page);
});
