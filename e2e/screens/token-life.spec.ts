import { expectAccessible } from "@/e2e/axe";
import { expect, test } from "@/e2e/fixtures";
import { expectAnnounced } from "@/e2e/fleeting";
import { collectFaults } from "@/e2e/page-faults";
import { personPassword, signInAsNew } from "@/e2e/people";
import {
  act,
  anotherToken,
  newToken,
  onDatabase,
  openActions,
  rowOf,
  uniqueName,
  use,
} from "@/e2e/screens/token-steps";

test.describe("Revoke", () => {
  test("without a network fails at once, and isn't done later by itself", async ({
    adminPage: page,
    api,
  }) => {
    const { name } = await newToken(api);
    await page.goto(`/settings/tokens?q=${name}`);
    await act(page, name, "Revoke…");
    const dialog = page.getByRole("alertdialog", { name: `Revoke ${name}?` });
    await page.context().setOffline(true);
    await dialog.getByRole("button", { name: "Revoke" }).click();
    await expect(dialog.getByText("The server can't be reached.")).toBeVisible();
    await page.context().setOffline(false);
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await page.reload();
    await expect(rowOf(page, name)).toContainText("Active");
  });

  test("shows what will break, says Revoking… until it is done, and can be undone", async ({
    adminPage: page,
    api,
  }) => {
    const faults = collectFaults(page);
    const { id, name, secret } = await newToken(api);
    await use(page, secret, "nightly-sync/2.4");
    await expect
      .poll(async () => (await (await api.get(`/api/user-tokens/${id}/usage`)).json()).callers_total)
      .toBe(1);

    await page.goto(`/settings/tokens?q=${name}`);
    await act(page, name, "Revoke…");
    const dialog = page.getByRole("alertdialog", { name: `Revoke ${name}?` });
    await expect(dialog.getByRole("button", { name: "Cancel" })).toBeFocused();
    await expect(dialog).toContainText("by nightly-sync/2 from 127.0.0.1. That client fails at once.");
    await expect(dialog.getByRole("row").filter({ hasText: "nightly-sync/2" })).toContainText("1 call");
    await expectAccessible(page);

    let answer = () => {};
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route(`**/api/user-tokens/${id}`, async (route) => {
      if (route.request().method() === "PUT") await answered;
      await route.continue();
    });
    await dialog.getByRole("button", { name: "Revoke", exact: true }).press("Enter");
    await expect(dialog.getByRole("button", { name: "Revoking…" })).toBeVisible();
    // The dialog hides it from assistive technology, and so from roles.
    await expect(page.locator("tbody").first()).toContainText("Active");
    answer();
    await expect(dialog).toBeHidden();
    const toast = page.getByRole("region", { name: "Notification" });
    // It stays as long as the pointer is on it.
    await toast.hover();
    await expect(rowOf(page, name).getByText("Revoked", { exact: true })).toBeVisible();
    await expect(toast).toContainText("Service token successfully revoked");
    await expect(page.getByRole("button", { name: `Actions for ${name}` })).toBeFocused();
    expect(await use(page, secret, "curl/8")).toBe(401);

    await toast.getByRole("button", { name: "Restore" }).click();
    await expect(rowOf(page, name).getByText("Active", { exact: true })).toBeVisible();
    expect(await use(page, secret, "curl/8")).toBe(200);
    expect(faults).toEqual([]);
  });

  test("that fails leaves the token active, and says why", async ({ adminPage: page, api }) => {
    const { id, name } = await newToken(api);
    await page.goto(`/settings/tokens?q=${name}`);
    await page.route(`**/api/user-tokens/${id}`, (route) =>
      route.request().method() === "PUT"
        ? route.fulfill({
            status: 500,
            contentType: "application/problem+json",
            body: JSON.stringify({ code: "internal", detail: "Something went wrong inside Latchkey." }),
          })
        : route.continue(),
    );
    await act(page, name, "Revoke…");
    const dialog = page.getByRole("alertdialog");
    await dialog.getByRole("button", { name: "Revoke", exact: true }).click();
    await expect(dialog.getByText("Not revoked: it still works.")).toBeVisible();
    await expect(dialog.getByText("Something went wrong inside Latchkey.")).toBeVisible();
    await expectAccessible(page);
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await expect(rowOf(page, name)).toContainText("Active");
  });

  test("is in the address: a link leads to it, and Back closes it", async ({ adminPage: page, api }) => {
    const { id, name } = await newToken(api);
    await page.goto(`/settings/tokens?q=${name}`);
    await act(page, name, "Revoke…");
    await expect(page).toHaveURL(`/settings/tokens?q=${name}&revoke=${id}`);
    await page.goBack();
    await expect(page.getByRole("alertdialog")).toBeHidden();
    await page.goto(`/settings/tokens?revoke=${id}`);
    await expect(page.getByRole("alertdialog", { name: `Revoke ${name}?` })).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page).toHaveURL("/settings/tokens");
    await page.goto("/settings/tokens?revoke=999999");
    await expect(page.getByText("There is no token 999999.").first()).toBeVisible();
    await expect(page).toHaveURL("/settings/tokens");
  });

  test("of a token that somebody else has revoked meanwhile says so", async ({ adminPage: page, api }) => {
    const { id, name } = await newToken(api);
    await page.goto(`/settings/tokens?q=${name}`);
    await expect(rowOf(page, name)).toContainText("Active");
    await api.put(`/api/user-tokens/${id}`, { data: { revoke: true } });
    await act(page, name, "Revoke…");
    await expect(page.getByRole("alertdialog")).toContainText(
      /It was revoked by Test Robot (just now|\d+ minutes? ago), meanwhile\./,
    );
    await page.getByRole("alertdialog").getByRole("button", { name: "Close" }).press("Enter");
    await expect(rowOf(page, name).getByText("Revoked", { exact: true })).toBeVisible();
  });
});

test.describe("A session that ended meanwhile is renewed on the spot, and nothing is done by itself:", () => {
  for (const [item, button] of [
    ["Revoke…", "Revoke"],
    ["Delete…", "Delete"],
    ["Revoke 1…", "Revoke 1 token"],
  ] as const)
    test(item, async ({ page, api, server }) => {
      const { email } = await signInAsNew(page, server.baseURL, api, "Admin");
      const { id, name } = await newToken(api);
      if (item === "Delete…") await api.put(`/api/user-tokens/${id}`, { data: { revoke: true } });
      await page.goto(`/settings/tokens?q=${name}`);
      if (item === "Revoke 1…") {
        await page.getByRole("checkbox", { name: `Select ${name}` }).press("Space");
        await page.getByRole("button", { name: item }).press("Enter");
      } else await act(page, name, item);
      const question = page.getByRole("alertdialog");
      await expect(question).toBeVisible();
      await page.context().clearCookies();
      await question.getByRole("button", { name: button }).press("Enter");
      const signIn = page.getByRole("dialog", { name: "Sign in to continue" });
      await signIn.getByLabel("E-mail").fill(email);
      await signIn.getByLabel("Password", { exact: true }).fill(personPassword);
      await signIn.getByRole("button", { name: "Sign in" }).press("Enter");
      await expect(signIn).toBeHidden();
      const before = item === "Delete…" ? "revoked" : "active";
      expect(await (await api.get(`/api/user-tokens/${id}`)).json()).toMatchObject({ status: before });
      await question.getByRole("button", { name: button }).press("Enter");
      await expect(question).toBeHidden();
      const after = await api.get(`/api/user-tokens/${id}`);
      if (item === "Delete…") expect(after.status()).toBe(404);
      else expect(await after.json()).toMatchObject({ status: "revoked" });
    });
});

test.describe("Restore", () => {
  test("says Restoring… until it is done", async ({ adminPage: page, api }) => {
    const { id, name } = await newToken(api);
    await api.put(`/api/user-tokens/${id}`, { data: { revoke: true } });
    await page.goto(`/settings/tokens?q=${name}`);
    let answer = () => {};
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route(`**/api/user-tokens/${id}`, async (route) => {
      await answered;
      await route.continue();
    });
    await act(page, name, "Restore");
    await expect(rowOf(page, name)).toContainText("Restoring…");
    await expect(rowOf(page, name)).not.toContainText("Active");
    answer();
    await expect(rowOf(page, name).getByText("Active", { exact: true })).toBeVisible();
  });

  test("isn't possible past the expiry: the menu says so, and offers to replace it", async ({
    adminPage: page,
    api,
    server,
  }) => {
    const { id, name } = await newToken(api);
    await onDatabase(
      server,
      "update tokens set revoked_at = now(), expires_at = '2026-11-03T12:00:00Z' where id = $1",
      [id],
    );
    await page.goto(`/settings/tokens?q=${name}`);
    await openActions(page, name);
    const restore = page.getByRole("menuitem", { name: "Restore" });
    await expect(restore).toHaveAttribute("aria-disabled", "true");
    await expect(restore).toContainText("Expired on 3 Nov 2026 — replace it instead");
    await expect(page.getByRole("menuitem", { name: "Replace…" })).toBeVisible();
    await expectAccessible(page);
  });

  test("that comes too late is refused, beside the row", async ({ adminPage: page, api, server }) => {
    const { id, name } = await newToken(api);
    await api.put(`/api/user-tokens/${id}`, { data: { revoke: true } });
    await page.goto(`/settings/tokens?q=${name}`);
    await openActions(page, name);
    await onDatabase(server, "update tokens set expires_at = now() where id = $1", [id]);
    await page.getByRole("menuitem", { name: "Restore" }).press("Enter");
    await expect(rowOf(page, name)).toContainText("Not restored. The token expired on");
    await expect(rowOf(page, name).getByText("Revoked", { exact: true })).toBeVisible();
  });
});

test.describe("Delete", () => {
  test("is there for revoked tokens alone", async ({ adminPage: page, api, server }) => {
    const { id, name } = await newToken(api);
    await page.goto(`/settings/tokens?q=${name}`);
    await openActions(page, name);
    await expect(page.getByRole("menuitem")).toHaveText(["Rotate…", "Rename…", "Revoke…"]);
    await onDatabase(server, "update tokens set expires_at = now() - interval '1 day' where id = $1", [id]);
    await page.reload();
    await openActions(page, name);
    await expect(page.getByRole("menuitem")).toHaveText(["Replace…", "Rename…", "Revoke…"]);
    await api.put(`/api/user-tokens/${id}`, { data: { revoke: true } });
    await page.reload();
    await openActions(page, name);
    await expect(page.getByRole("menuitem", { name: "Delete…" })).toBeVisible();
  });

  test("asks, by name, and gives focus to the next row; after the last one to Generate Token", async ({
    adminPage: page,
    api,
  }) => {
    const prefix = uniqueName("gone");
    const first = await newToken(api);
    const [one, two] = [
      await anotherToken(api, first, `${prefix}-1`),
      await anotherToken(api, first, `${prefix}-2`),
    ];
    for (const { id } of [one, two]) await api.put(`/api/user-tokens/${id}`, { data: { revoke: true } });
    await page.goto(`/settings/tokens?q=${prefix}&sort=name`);
    await act(page, one.name, "Delete…");
    const dialog = page.getByRole("alertdialog", { name: `Delete ${one.name}?` });
    await expect(dialog.getByRole("button", { name: "Cancel" })).toBeFocused();
    await expectAccessible(page);
    await dialog.getByRole("button", { name: `Delete ${one.name}` }).press("Enter");
    await expect(rowOf(page, one.name)).toHaveCount(0);
    await expectAnnounced(page, `Token ${one.name} deleted`);
    await expect(page.getByRole("button", { name: `Actions for ${two.name}` })).toBeFocused();
    expect((await api.get(`/api/user-tokens/${one.id}`)).status()).toBe(404);

    await act(page, two.name, "Delete…");
    await page
      .getByRole("alertdialog")
      .getByRole("button", { name: `Delete ${two.name}` })
      .press("Enter");
    await expect(rowOf(page, two.name)).toHaveCount(0);
    await expect(page.getByRole("button", { name: "Generate Token" })).toBeFocused();
  });

  test("of a token that was restored meanwhile is refused, says why, and reloads the row", async ({
    adminPage: page,
    api,
  }) => {
    const { id, name } = await newToken(api);
    await api.put(`/api/user-tokens/${id}`, { data: { revoke: true } });
    await page.goto(`/settings/tokens?q=${name}`);
    await act(page, name, "Delete…");
    const dialog = page.getByRole("alertdialog");
    await expect(dialog).toBeVisible();
    await api.put(`/api/user-tokens/${id}`, { data: { revoke: false } });
    await dialog.getByRole("button", { name: `Delete ${name}` }).press("Enter");
    await expect(dialog).toContainText(`"${name}" is not revoked. Revoke it first, then delete it.`);
    await expect(page.locator("tbody").first()).toContainText("Active");
  });
});
