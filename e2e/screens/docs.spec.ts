import { expectAccessible } from "@/e2e/axe";
import { expect, test } from "@/e2e/fixtures";
import { expectAnnounced } from "@/e2e/fleeting";
import { collectFaults } from "@/e2e/page-faults";
import { problemCodes } from "@/lib/errors";
import { endpoints } from "@/lib/openapi/endpoints";

test("the reference is there for anybody, with every operation and every error", async ({ page }) => {
  const faults = collectFaults(page);
  await page.goto("/api/docs");
  await expect(page).toHaveTitle("API reference · Latchkey");
  const ids = await page.locator("main [id]").evaluateAll((elements) => elements.map(({ id }) => id));
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toEqual(expect.arrayContaining(endpoints.map(({ id }) => id)));
  expect(ids).toEqual(expect.arrayContaining(Object.keys(problemCodes)));
  const links = await page
    .locator('a[href^="#"]')
    .evaluateAll((all) => all.map((link) => link.getAttribute("href")));
  expect(links.filter((link) => link !== "#main" && !ids.includes(link?.slice(1) ?? ""))).toEqual([]);
  await expectAccessible(page);
  expect(faults).toEqual([]);
});

test("a problem's type leads to its explanation", async ({ page, anonymous }) => {
  const { type, title } = await (await anonymous.get("/api/users")).json();
  await page.goto(type);
  await expect(page.locator(":target")).toBeInViewport();
  await expect(page.locator(":target")).toContainText(title);
});

test("commands are copied as they stand, for this instance", async ({ page, context, server }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/api/docs#createToken");
  await page.getByRole("button", { name: "Copy curl command for createToken" }).click();
  await expectAnnounced(page, "Curl command for createToken copied");
  const command = await page.evaluate(() => navigator.clipboard.readText());
  expect(command).toContain(`${server.baseURL}/api/user-tokens`);
  expect(command).toContain("Idempotency-Key");
});

test("the contents lead to each part, folded away where it is narrow", async ({ page }) => {
  await page.goto("/api/docs");
  await page.getByRole("link", { name: "Read a token" }).click();
  await expect(page.getByRole("heading", { name: "Read a token" })).toBeInViewport();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/api/docs");
  await expect(page.getByRole("link", { name: "Read a token" })).toBeHidden();
  await page.getByText("Contents", { exact: true }).click();
  await page.getByRole("link", { name: "Read a token" }).click();
  await expect(page.getByRole("heading", { name: "Read a token" })).toBeInViewport();
});

test("the OpenAPI document is public, and says nothing private", async ({ anonymous }) => {
  const answer = await anonymous.get("/api/openapi.json");
  expect(answer.headers()["content-type"]).toBe("application/json");
  const document = await answer.json();
  expect(document.openapi).toBe("3.1.0");
  expect(Object.keys(document.paths)).toContain("/api/users/{id}");
  expect(JSON.stringify(document)).not.toContain("Test Robot");
});
