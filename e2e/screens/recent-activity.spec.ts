import { expect, test } from "@/e2e/fixtures";
import { act, newToken } from "@/e2e/screens/token-steps";

test("an account's recent activity tells of a token that was just revoked beside it", async ({
  adminPage: page,
  api,
}) => {
  const { name, account } = await newToken(api);
  await page.goto(`/settings/security/users/${account.id}`);
  const activity = page.getByRole("region", { name: "Recent activity" });
  await expect(activity).toContainText("Token created");
  await act(page, name, "Revoke…");
  const dialog = page.getByRole("alertdialog", { name: `Revoke ${name}?` });
  await dialog.getByRole("button", { name: "Revoke", exact: true }).click();
  await expect(activity).toContainText("Token revoked");
});
