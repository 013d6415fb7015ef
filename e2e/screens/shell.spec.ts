import type { Page } from "@playwright/test";
import { expectAccessible, findViolations } from "@/e2e/axe";
import { administrator, expect, test } from "@/e2e/fixtures";
import { collectFaults } from "@/e2e/page-faults";
import { untilAlive } from "@/e2e/page-life";
import { signInAsNew } from "@/e2e/people";

/** Every screen of the person who is signed in. */
const screens = [
  "/settings/connections",
  "/settings/tokens",
  "/settings/account",
  "/settings/security/users",
  "/settings/security/users/1",
  "/settings/security/users/2",
  "/settings/security/teams",
  "/settings/security/teams/1",
  "/settings/security/audit",
];
const openScreens = ["/api/docs", "/nothing/is/here"];

test("the accessibility check can fail: it sees a button of 10 px", async ({ adminPage: page }) => {
  await page.goto("/settings/connections");
  expect(await findViolations(page)).toEqual([]);
  await page.getByRole("main").evaluate((main) => {
    for (const name of ["A", "B"]) {
      const button = document.createElement("button");
      button.textContent = name;
      button.style.cssText = "inline-size: 10px; block-size: 10px; padding: 0; overflow: hidden; float: left";
      main.prepend(button);
    }
  });
  expect((await findViolations(page)).join()).toContain("target-size");
});

test("/ and /settings land on Connections, which alone is the current page", async ({ adminPage: page }) => {
  for (const path of ["/", "/settings"]) {
    await page.goto(path);
    await expect(page).toHaveURL("/settings/connections");
  }
  await expect(page.locator('[aria-current="page"]')).toHaveText("Connections");
  await expect(page.getByRole("navigation", { name: "Settings" }).getByRole("link")).toHaveText([
    "Connections",
    "Tokens",
    "Security",
  ]);
});

test("a link moves focus to the heading; the first load doesn't", async ({ adminPage: page }) => {
  await page.goto("/settings/connections");
  await untilAlive(page);
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("BODY");
  await page.getByRole("link", { name: "Tokens" }).click();
  await expect(page.getByRole("heading", { name: "Tokens", level: 1 })).toBeFocused();
  await expect(page).toHaveTitle("Tokens · Latchkey");
});

test("the first Tab stop skips the navigation", async ({ adminPage: page }) => {
  await page.goto("/settings/connections");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
});

test("the account menu works by keyboard, and is accessible when open", async ({ adminPage: page }) => {
  await page.goto("/settings/connections");
  const trigger = page.getByRole("button", { name: `Account of ${administrator.name}` });
  await trigger.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: "Your account" })).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(trigger).toBeFocused();
});

test("a Member is shown no tab that they can't open", async ({ page, api, server }) => {
  await signInAsNew(page, server.baseURL, api, "Member");
  await page.goto("/settings/connections");
  await expect(page.getByRole("navigation", { name: "Settings" }).getByRole("link")).toHaveText([
    "Connections",
    "Tokens",
  ]);
});

test("a Member who opens the users gets 403 in the shell, and nothing of what is there", async ({
  page,
  api,
  server,
}) => {
  const member = await signInAsNew(page, server.baseURL, api, "Member");
  const answer = await page.goto("/settings/security/users");
  expect(answer?.status()).toBe(403);
  await expect(page.getByRole("heading", { name: /^You need the \w+ role$/, level: 1 })).toBeVisible();
  await expect(page.getByRole("button", { name: `Account of ${member.name}` })).toBeVisible();
  expect(await answer?.text()).not.toContain(administrator.email);
  await expectAccessible(page);
  await page.getByRole("link", { name: "Back to Connections" }).click();
  await expect(page).toHaveURL("/settings/connections");
});

test("without a session every screen leads to the sign-in and back", async ({ page }) => {
  for (const path of screens) {
    await page.goto(path);
    await expect(page).toHaveURL(`/sign-in?next=${encodeURIComponent(path)}`);
  }
});

for (const path of [...screens, ...openScreens]) {
  test(`${path} keeps the content security policy, and hydrates without a complaint`, async ({
    adminPage: page,
  }) => {
    const faults = collectFaults(page);
    const answer = await page.goto(path, { waitUntil: "networkidle" });
    expect(answer?.headers()["content-security-policy"]).toMatch(
      /script-src 'self' 'nonce-[^']+' 'strict-dynamic';/,
    );
    expect(faults).toEqual([]);
  });

  test(`${path} has no sideways scroll at 320 px, and covers no focus`, async ({ adminPage: page }) => {
    await page.setViewportSize({ width: 320, height: 640 });
    await page.goto(path);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    expect(await hiddenStops(page)).toEqual([]);
  });

  test(`${path} has no sideways scroll between a phone and a desk`, async ({ adminPage: page }) => {
    await page.goto(path, { waitUntil: "networkidle" });
    for (const width of [719, 720, 900, 1024, 1240]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth), `at ${width} px`).toBe(width);
    }
  });

  test(`${path} names its icon buttons apart`, async ({ adminPage: page }) => {
    await page.goto(path);
    const names = await page
      .locator("button[aria-label]")
      .evaluateAll((buttons) => buttons.map((button) => button.getAttribute("aria-label")));
    expect(names).toEqual([...new Set(names)]);
  });

  test(`${path} moves nothing where less motion is asked for`, async ({ adminPage: page }) => {
    await page.emulateMedia({ reducedMotion: "reduce" });
    await page.goto(path);
    const moving = await page.locator("body *").evaluateAll((elements) =>
      elements.flatMap((element) => {
        const { transitionDuration, animationDuration } = getComputedStyle(element);
        const seconds = [transitionDuration, animationDuration].join().split(",").map(Number.parseFloat);
        return seconds.some((duration) => duration > 0.001) ? [element.outerHTML.slice(0, 120)] : [];
      }),
    );
    expect(moving).toEqual([]);
  });
}

/** The first stops of the Tab key that something else covers. */
async function hiddenStops(page: Page): Promise<string[]> {
  const covered: string[] = [];
  for (let presses = 0; presses < 15; presses++) {
    await page.keyboard.press("Tab");
    const fault = await page.evaluate(() => {
      const focused = document.activeElement;
      if (!focused || focused === document.body) return undefined;
      const { left, top, width, height } = focused.getBoundingClientRect();
      const onTop = document.elementFromPoint(left + width / 2, top + height / 2);
      return onTop && (focused.contains(onTop) || onTop.contains(focused))
        ? undefined
        : focused.outerHTML.slice(0, 120);
    });
    if (fault) covered.push(fault);
  }
  return covered;
}
