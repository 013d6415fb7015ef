import { expectAccessible } from "@/e2e/axe";
import { expect, test } from "@/e2e/fixtures";
import { collectFaults } from "@/e2e/page-faults";
import { reopen } from "@/e2e/page-life";
import { act, anotherToken, newToken, rowOf, uniqueName, use } from "@/e2e/screens/token-steps";
import { shownToken } from "@/e2e/screens/wizard-steps";

test("an account's page has its tokens alone, and makes more for it", async ({ adminPage: page, api }) => {
  const faults = collectFaults(page);
  const [one, other] = [await newToken(api), await newToken(api)];
  await page.goto(`/settings/security/users/${one.account.id}`);
  const panel = page.getByRole("region", { name: "Tokens" });
  await expect(rowOf(page, one.name)).toContainText("Active");
  await expect(panel.getByRole("rowheader")).toHaveCount(1);
  await expect(panel).not.toContainText(other.name);
  await expectAccessible(page);
  await page.setViewportSize({ width: 1280, height: 800 });

  await panel.getByRole("button", { name: "Generate Token" }).press("Enter");
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByLabel("Type")).toHaveValue("Service");
  await expect(dialog.getByLabel("Service User")).toHaveValue(one.account.name);
  await expect(dialog.getByLabel("Service User")).toHaveAttribute("readonly");
  const name = uniqueName("panel");
  await dialog.getByLabel("Name", { exact: true }).fill(name);
  await dialog.getByRole("button", { name: "Generate" }).press("Enter");
  const secret = await shownToken(dialog);
  await dialog.getByRole("button", { name: "Copy token" }).press("Enter");
  await expect(dialog.getByText("Copied", { exact: true })).toBeVisible();
  await dialog.getByRole("button", { name: "Done" }).press("Enter");
  await expect(panel.getByRole("button", { name: "Generate Token" })).toBeFocused();
  await expect(rowOf(page, name)).toContainText("Active");
  expect(await use(page, secret, "curl/8")).toBe(200);

  await act(page, name, "Revoke…");
  await page.getByRole("alertdialog").getByRole("button", { name: "Revoke", exact: true }).press("Enter");
  await expect(rowOf(page, name).getByText("Revoked", { exact: true })).toBeVisible();
  await expect(page).toHaveURL(`/settings/security/users/${one.account.id}`);
  expect(faults).toEqual([]);
});

test("order and page of an account's tokens are in the address, apart from those of other lists", async ({
  adminPage: page,
  api,
}) => {
  const first = await newToken(api);
  for (let count = 0; count < 25; count++)
    await anotherToken(api, first, `p-${String(count).padStart(2, "0")}`);
  await page.goto(`/settings/security/users/${first.account.id}`);
  const panel = page.getByRole("region", { name: "Tokens" });
  await panel.getByRole("button", { name: "Name", exact: true }).press("Enter");
  await expect(panel.getByRole("rowheader").first()).toContainText("p-00");
  await panel.getByRole("button", { name: "Next" }).press("Enter");
  await expect(page).toHaveURL(/tokens_sort=name&tokens_page=2$/);
  await expect(panel.getByRole("rowheader")).toHaveCount(1);
  await reopen(page);
  await expect(panel.getByRole("rowheader")).toHaveCount(1);
});

test("Generate Token in the users list leads to the form, with its service user chosen", async ({
  adminPage: page,
  api,
}) => {
  const { account } = await newToken(api);
  await page.goto(`/settings/security/users?q=${encodeURIComponent(account.user_id)}`);
  await page.getByRole("button", { name: `Actions for ${account.name}` }).press("Enter");
  await page.getByRole("menuitem", { name: "Generate Token" }).press("Enter");
  await expect(page.getByRole("dialog").getByLabel("Service User")).toHaveValue(account.name);
});
