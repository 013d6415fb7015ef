import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { administrator, expect, test } from "@/e2e/fixtures";
import { expectAnnounced } from "@/e2e/fleeting";
import { cachesOf, expectNowhere } from "@/e2e/screens/traces";
import {
  addButton,
  closeReveal,
  dialogOf,
  freshName,
  openWizard,
  shownToken,
  toReveal,
  toTokenStep,
} from "@/e2e/screens/wizard-steps";

test.describe("the token, once", () => {
  test("is shown with its facts, the heading focused, and announced without the secret", async ({
    adminPage: page,
  }) => {
    const name = freshName();
    const { dialog, token } = await toReveal(page, name);
    await expect(
      dialog.getByText("This is the only time it is shown. We store a hash, not the token."),
    ).toBeVisible();
    await expectAnnounced(page, "Token created. Shown only once.");
    expect((await page.content()).split(token)).toHaveLength(2);
    for (const [term, value] of [
      ["Account", `${name} Service`],
      ["Token", `${name.toLowerCase().replaceAll(" ", "-")}-1`],
      ["Expires", /\d{4} \(in 90 days\)$/],
      ["Access", "Member · 1 team"],
    ] as const)
      await expect(dialog.getByRole("term").filter({ hasText: term }).locator("+ dd")).toHaveText(value);
  });

  test("comes in an answer that nobody keeps, and in no other", async ({ adminPage: page, api, server }) => {
    const answered = page.waitForResponse((response) => response.request().method() === "POST");
    const { token } = await toReveal(page, freshName());
    expect((await answered).headers()["cache-control"]).toBe("no-store");
    const document = await page.request.get("/settings/security/users");
    expect(document.headers()["cache-control"]).toContain("no-store");
    expect(await document.text()).not.toContain(token);

    const { id } = await (
      await api.get("/api/users/me", { headers: { authorization: `Bearer ${token}` } })
    ).json();
    for (const path of ["/api/users", `/api/users/${id}`, "/api/user-tokens/service"])
      expect(await (await api.get(path)).text()).not.toContain(token.slice(0, 40));
    expect(server.output()).not.toContain(token.slice(7, 50));
  });

  test("can be hidden from a shared screen, and copied all the same", async ({
    adminPage: page,
    context,
  }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const { dialog, token } = await toReveal(page, freshName());
    await dialog.getByRole("button", { name: "Hide" }).click();
    await expect(dialog).not.toContainText(token.slice(7));
    await dialog.getByRole("button", { name: "Copy token" }).click();
    await expect(dialog.getByText("Copied", { exact: true })).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(token);
    await dialog.getByRole("button", { name: "Show" }).click();
    expect(await shownToken(dialog)).toBe(token);
  });

  test("is kept from translation and session recorders", async ({ adminPage: page }) => {
    const { dialog } = await toReveal(page, freshName());
    const code = dialog.locator("code");
    await expect(code).toHaveAttribute("translate", "no");
    await expect(code).toHaveAttribute("data-sentry-mask");
    await expect(code).toHaveAttribute("data-dd-privacy", "hidden");
    await expect(code).toHaveClass(/ph-no-capture/);
  });
});

test.describe("Copy", () => {
  test("says so, and makes Done the way on", async ({ adminPage: page }) => {
    const { dialog } = await toReveal(page, freshName());
    await expect(dialog.getByText("Not saved yet.")).toBeVisible();
    await dialog.getByRole("button", { name: "Copy token" }).click();
    await expect(dialog.getByText("Copied", { exact: true })).toBeVisible();
    await expectAnnounced(page, "Token copied");
  });

  test("works on plain http at a LAN name", async ({ page, server }) => {
    const address = `http://latchkey.test:${server.port}`;
    await page.goto(`${address}/sign-in?next=/settings/security/users`);
    await page.getByLabel("E-mail").fill(administrator.email);
    await page.getByLabel("Password", { exact: true }).fill(administrator.password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(addButton(page)).toBeVisible();
    await page.goto(`${address}/settings/security/users?add=service-user`);
    expect(await page.evaluate(() => window.isSecureContext)).toBe(false);
    const dialog = dialogOf(page);
    await toTokenStep(dialog, freshName());
    await dialog.getByRole("button", { name: "Finish" }).click();
    const token = await shownToken(dialog);
    await dialog.getByRole("button", { name: "Copy token" }).click();
    await expect(dialog.getByText("Copied", { exact: true })).toBeVisible();
    await expect(dialog.getByRole("button", { name: "Copy token" })).toBeFocused();

    await dialog.getByRole("button", { name: "Done" }).click();
    await expect(dialog).toBeHidden();
    const search = page.getByRole("searchbox", { name: "Search users" });
    await search.focus();
    await page.keyboard.press("Control+V");
    await expect(search).toHaveValue(token);
    await search.fill("");
  });

  test("that fails says so, selects the token, and counts a copy by hand", async ({ adminPage: page }) => {
    await page.addInitScript(() => {
      Object.defineProperty(navigator, "clipboard", {
        value: { writeText: () => Promise.reject(new Error("denied")) },
      });
      document.execCommand = () => false;
    });
    const { dialog, token } = await toReveal(page, freshName());
    // Also from behind the curtain.
    await dialog.getByRole("button", { name: "Hide" }).click();
    await dialog.getByRole("button", { name: "Copy token" }).click();
    await expectAnnounced(page, /Copy failed\./);
    await dialog.getByRole("button", { name: "Copy token" }).click();
    const message = "Copy failed. Token selected, press Ctrl+C";
    await expect(dialog.getByText(message)).toBeVisible();
    await expectAnnounced(page, message);
    await expect(dialog.getByText("Copied", { exact: true })).toBeHidden();
    expect(await page.evaluate(() => window.getSelection()?.toString())).toBe(token);
    await page.keyboard.press("Control+C");
    await expect(dialog.getByText("Copied", { exact: true })).toBeVisible();
  });
});

test.describe("Download", () => {
  test("is a text file with the token, the end of the line, and nothing else", async ({
    adminPage: page,
  }) => {
    const { dialog, token } = await toReveal(page, freshName("Zürich / Café"));
    const download = page.waitForEvent("download");
    await dialog.getByRole("button", { name: "Download .txt" }).click();
    const file = await download;
    expect(file.suggestedFilename()).toMatch(/^zurich__cafe_[a-z0-9._-]+-\d{4}-\d{2}-\d{2}\.txt$/);
    expect(await readFile(await file.path(), "utf8")).toBe(`${token}\n`);
    await expect(dialog.getByText("Download started. Delete the file once stored.")).toBeVisible();
    await expectAnnounced(page, "Download started");
    await dialog.getByRole("button", { name: "Done" }).click();
    await expect(dialog).toBeHidden();
  });
});

test.describe("an unsaved token", () => {
  test("isn't lost by Esc, Close, Done or Back without a question; the backdrop does nothing", async ({
    adminPage: page,
  }) => {
    const { dialog, token } = await toReveal(page, freshName());
    const question = page.getByRole("alertdialog", { name: "Close without saving the token?" });
    for (const leave of [
      () => page.keyboard.press("Escape"),
      () => dialog.getByRole("button", { name: "Close" }).click(),
      () => dialog.getByRole("button", { name: "Done" }).click(),
      () => page.evaluate(() => window.history.back()),
      // A second time, since the first one must not have used the guard up.
      () => page.evaluate(() => window.history.back()),
    ]) {
      await leave();
      await expect(question.getByRole("button", { name: "Go back" })).toBeFocused();
      await page.keyboard.press("Enter");
      await expect(question).toBeHidden();
      expect(await shownToken(dialog)).toBe(token);
    }
    await page.mouse.click(5, 5);
    await expect(dialog).toBeVisible();
    await expect(question).toBeHidden();
    await expect(page).toHaveURL(/\/settings\/security\/users$/);
  });

  test("makes the browser ask, and only then", async ({ adminPage: page }) => {
    const { dialog } = await toReveal(page, freshName());
    let asked = 0;
    page.on("dialog", (prompt) => {
      asked += 1;
      return prompt.dismiss();
    });
    // Not awaited to its end: it is called off.
    await page.evaluate(() => void setTimeout(() => window.location.assign("/settings/tokens")));
    await expect.poll(() => asked).toBe(1);
    await expect(dialog).toBeVisible();

    await dialog.getByRole("button", { name: "Copy token" }).click();
    await expect(dialog.getByText("Copied", { exact: true })).toBeVisible();
    await page.goto("/settings/connections");
    expect(asked).toBe(1);
  });

  test("can be given up: Close without saving", async ({ adminPage: page }) => {
    const name = freshName();
    const { dialog, token } = await toReveal(page, name);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Close without saving" }).click();
    await expect(dialog).toBeHidden();
    await expect(addButton(page)).toBeFocused();
    await expect(page.getByRole("row", { name })).toBeVisible();
    expect(await page.content()).not.toContain(token);
  });
});

test.describe("afterwards the token is gone", () => {
  test("Done closes at once; no guard remains", async ({ adminPage: page }) => {
    await page.goto("/settings/connections");
    await toReveal(page, freshName());
    await closeReveal(page);
    await expect(page.getByRole("alertdialog")).toBeHidden();
    page.on("dialog", () => {
      throw new Error("The browser asked.");
    });
    // Opening the wizard was a step of its own.
    await page.goBack();
    await page.goBack();
    await expect(page).toHaveURL(/\/settings\/connections$/);
  });

  test("after close, reload, Back, Forward and a change of tabs, it is nowhere", async ({
    adminPage: page,
    context,
  }) => {
    const { token } = await toReveal(page, freshName());
    // While it is shown, no cache holds it either.
    expect(await cachesOf(page)).not.toContain(token);
    await closeReveal(page);

    const nowhere = () => expectNowhere(page, token);
    await nowhere();
    await page.getByRole("link", { name: "Teams" }).click();
    await expect(page.getByRole("heading", { name: "Teams", level: 1 })).toBeVisible();
    await page.goBack();
    await expect(page.getByRole("heading", { name: "Users", level: 1 })).toBeVisible();
    await nowhere();
    await page.goForward();
    await nowhere();
    const other = await context.newPage();
    await other.bringToFront();
    await page.bringToFront();
    await nowhere();
    await page.goBack();
    await page.reload();
    await nowhere();
  });

  test("leaving the page with the token in sight and coming Back shows none", async ({ adminPage: page }) => {
    const { dialog, token } = await toReveal(page, freshName());
    await dialog.getByRole("button", { name: "Copy token" }).click();
    await expect(dialog.getByText("Copied", { exact: true })).toBeVisible();
    await page.goto("/api/docs");
    await page.goBack();
    await expect(page.getByRole("heading", { name: "Users", level: 1 })).toBeVisible();
    await expect(dialogOf(page)).toBeHidden();
    expect(await page.content()).not.toContain(token);
  });

  test("it isn't in the browser's memory", async ({ adminPage: page }) => {
    const { token } = await toReveal(page, freshName());
    expect(await memoryHolds(page, token)).toBe(true);
    await closeReveal(page);
    await openWizard(page);
    expect(await memoryHolds(page, token)).toBe(false);
  });
});

/** Whether any string that the page's scripts can still reach contains the text. */
async function memoryHolds(page: Page, text: string): Promise<boolean> {
  const devtools = await page.context().newCDPSession(page);
  let held = false;
  let tail = "";
  devtools.on("HeapProfiler.addHeapSnapshotChunk", ({ chunk }) => {
    held ||= (tail + chunk).includes(text);
    tail = chunk.slice(-text.length);
  });
  await devtools.send("HeapProfiler.collectGarbage");
  await devtools.send("HeapProfiler.takeHeapSnapshot", { reportProgress: false });
  await devtools.detach();
  return held;
}
