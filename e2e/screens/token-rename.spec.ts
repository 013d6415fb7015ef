import { expectAccessible } from "@/e2e/axe";
import { expect, test } from "@/e2e/fixtures";
import { expectAnnounced } from "@/e2e/fleeting";
import { signInAsNew } from "@/e2e/people";
import { question } from "@/e2e/screens/accounts";
import { act, anotherToken, newToken, rowOf, uniqueName, use } from "@/e2e/screens/token-steps";
import { dialogOf } from "@/e2e/screens/wizard-steps";

test("by keyboard alone: another name, the same token; the audit has both names", async ({
  adminPage: page,
  api,
}) => {
  const { id, name, secret } = await newToken(api);
  const after = uniqueName("renamed");
  await page.goto(`/settings/tokens?q=Owner of ${name}`);
  await act(page, name, "Rename…");
  const dialog = page.getByRole("dialog", { name: `Rename ${name}` });
  const field = dialog.getByLabel("Name", { exact: true });
  await expect(field).toBeFocused();
  await expect(field).toHaveValue(name);
  await expect(page).toHaveURL(new RegExp(`[?&]rename=${id}$`));
  await expectAccessible(page);
  await field.fill(after);
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  await expectAnnounced(page, `${name} is now called ${after}`);
  await expect(rowOf(page, after)).toBeVisible();
  await expect(rowOf(page, name)).toHaveCount(0);
  await expect(page.getByRole("button", { name: `Actions for ${after}`, exact: true })).toBeFocused();
  expect(await use(page, secret, "curl/8")).toBe(200);

  await page.goto("/settings/security/audit?action=token.renamed");
  const entry = page.getByRole("row", { name: after });
  await expect(entry).toContainText("Token renamed");
  await entry.getByRole("button", { name: /^Details/ }).press("Enter");
  await expect(page.getByRole("row", { name: `Name ${name} ${after}`, exact: true })).toBeVisible();
});

test("a taken name is told beside the field, ignoring case; what is no name too", async ({
  adminPage: page,
  api,
}) => {
  const first = await newToken(api);
  const other = await anotherToken(api, first, uniqueName("other"));
  await page.goto(`/settings/tokens?q=${first.name}&rename=${first.id}`);
  const field = dialogOf(page).getByLabel("Name", { exact: true });
  await field.fill(other.name.toUpperCase());
  await page.keyboard.press("Enter");
  await expect(field).toHaveAccessibleDescription(/already has a token named/);
  await expect(field).toBeFocused();
  await expectAccessible(page);
  await field.fill("  ");
  await page.keyboard.press("Enter");
  await expect(field).toBeFocused();
  await expect(field).toHaveAttribute("aria-invalid", "true");
  // Its own name in other letters is free.
  await field.fill(first.name.toUpperCase());
  await page.keyboard.press("Enter");
  await expect(rowOf(page, first.name.toUpperCase())).toBeVisible();
});

test("nothing changed is nothing asked; what was typed isn't lost unasked; Back closes it", async ({
  adminPage: page,
  api,
}) => {
  const { name } = await newToken(api);
  const sent: string[] = [];
  page.on("request", (request) => {
    if (request.method() === "PUT") sent.push(request.url());
  });
  await page.goto(`/settings/tokens?q=${name}`);
  await act(page, name, "Rename…");
  await dialogOf(page).getByRole("button", { name: "Save changes" }).press("Enter");
  await expect(dialogOf(page)).toBeHidden();
  expect(sent).toEqual([]);

  await act(page, name, "Rename…");
  await dialogOf(page).getByLabel("Name", { exact: true }).fill("something else");
  await page.keyboard.press("Escape");
  await question(page).getByRole("button", { name: "Keep editing" }).press("Enter");
  await expect(dialogOf(page).getByLabel("Name", { exact: true })).toHaveValue("something else");
  await page.goBack();
  await expect(dialogOf(page)).toBeHidden();
  await expect(rowOf(page, name)).toBeVisible();
});

test("a revoked one too, and by a Member their own Personal one", async ({ page, api, server }) => {
  await signInAsNew(page, server.baseURL, api, "Member");
  const me = await (await page.request.get("/api/users/me")).json();
  const name = uniqueName("mine");
  const headers = { origin: server.baseURL };
  const { id } = await (
    await page.request.post("/api/user-tokens", {
      headers,
      data: { name, user_id: me.id, expires_in_days: 30 },
    })
  ).json();
  await page.request.put(`/api/user-tokens/${id}`, { headers, data: { revoke: true } });
  await page.goto("/settings/tokens");
  await act(page, name, "Rename…");
  const after = uniqueName("still-mine");
  await dialogOf(page).getByLabel("Name", { exact: true }).fill(after);
  await page.keyboard.press("Enter");
  await expect(rowOf(page, after).getByText("Revoked", { exact: true })).toBeVisible();
});
