import { expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "@/e2e/axe";
import { createTestDatabase, patiently, type TestDatabase } from "@/e2e/database/cluster";
import { collectFaults } from "@/e2e/page-faults";
import { type ServerProcess, startServer } from "@/e2e/server-process";

/* The first run, on an instance that nobody has set up; the tests follow each other. */

test.describe.configure({ mode: "serial" });

const publicUrl = "https://latchkey.example.com";
const password = "a password for the first one";
let database: TestDatabase;
let server: ServerProcess;

test.beforeAll(async () => {
  database = await createTestDatabase();
  server = await startServer({
    DATABASE_URL: patiently(database.url),
    LATCHKEY_SECRET: "the secret of the set-up tests, 32 bytes and more",
    PUBLIC_URL: publicUrl,
  });
});

test.afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

/** An address on that instance. */
function at(path: string): string {
  return server.baseURL + path;
}

function codeFromLog(): string {
  const code = /\/setup#code=(\S+)/.exec(server.output())?.[1];
  if (!code) throw new Error(`There is no set-up link in the log:\n${server.output()}`);
  return code;
}

async function fillIn(page: Page): Promise<void> {
  await page.getByLabel("Name", { exact: true }).fill("Grace Hopper");
  await page.getByLabel("E-mail").fill("grace@example.com");
  await page.getByLabel("Password", { exact: true }).fill(password);
}

test("nobody can sign in yet, and is told where the way in is", async ({ page }) => {
  await page.goto(at("/settings/tokens"));
  await expect(page.getByRole("heading", { name: "Nobody can sign in yet" })).toBeVisible();
  await expect(page.getByText("wrote a link into its log")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "I have the code from the log" }).click();
  await expect(page).toHaveURL(at("/setup"));
});

test("shows the three checks with their evidence", async ({ page }) => {
  await page.goto(at("/setup"));
  const checks = page.getByRole("region", { name: "Checks" }).getByRole("listitem");
  await expect(checks.nth(0)).toContainText("Database OK");
  await expect(checks.nth(1)).toContainText("Public URL Needs attention");
  await expect(checks.nth(1)).toContainText(
    `Set to ${publicUrl}, but this page was opened at ${server.baseURL}.`,
  );
  await expect(checks.nth(2)).toContainText("Secret key OK");
  await expectAccessible(page);
});

test("asks for all that is missing at once", async ({ page }) => {
  await page.goto(at("/setup"));
  await page.getByRole("button", { name: "Create administrator" }).click();
  const summary = page.getByText("There is a problem").locator("..");
  await expect(summary.getByRole("link")).toHaveText([
    "The code is missing.",
    "Enter a name for the administrator.",
    "Enter an e-mail address.",
    "Use at least 12 characters.",
  ]);
  await expectAccessible(page);
});

test("refuses another code than the one in the log", async ({ page }) => {
  await page.goto(at("/setup"));
  await page.getByLabel("Set-up code").fill("not the code");
  await fillIn(page);
  await page.getByRole("button", { name: "Create administrator" }).click();
  await expect(page.getByText("This set-up code is not valid.")).toBeVisible();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Grace Hopper");
});

test("takes the code from the link, and out of the address", async ({ page }) => {
  const faults = collectFaults(page);
  await page.goto(at(`/setup#code=${codeFromLog()}`));
  await expect(page.getByLabel("Set-up code")).toHaveValue(codeFromLog());
  await expect(page).toHaveURL(at("/setup"));
  await fillIn(page);
  await page.getByRole("button", { name: "Create administrator" }).click();
  await expect(page).toHaveURL(at("/settings/connections"));
  await expect(page.getByRole("button", { name: "Account of Grace Hopper" })).toBeVisible();
  expect(faults).toEqual([]);
});

test("is gone once there is an administrator", async ({ page }) => {
  await page.goto(at(`/setup#code=${codeFromLog()}`));
  await expect(page).toHaveURL(/\/sign-in/);
  await page.getByLabel("E-mail").fill("grace@example.com");
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(at("/settings/connections"));
});
