import { expectAccessible } from "@/e2e/axe";
import { expect, test } from "@/e2e/fixtures";
import { expectAnnounced } from "@/e2e/fleeting";
import { anotherToken, newToken, rowOf, uniqueName, use } from "@/e2e/screens/token-steps";

test("revokes what is selected, and reports on each; what was not done stays selected", async ({
  adminPage: page,
  api,
}) => {
  const prefix = uniqueName("bulk");
  const first = await newToken(api);
  const [one, two, three] = [
    await anotherToken(api, first, `${prefix}-1`),
    await anotherToken(api, first, `${prefix}-2`),
    await anotherToken(api, first, `${prefix}-3`),
  ];
  await page.goto(`/settings/tokens?q=${prefix}&sort=name`);
  await page.getByRole("checkbox", { name: "Select all on this page" }).press("Space");
  const bar = page.getByRole("region", { name: "Selected tokens" });
  await expect(bar).toContainText("3 selected");
  await expectAccessible(page);
  await page.getByRole("checkbox", { name: `Select ${two.name}` }).press("Space");
  await expect(bar).toContainText("2 selected");
  await expect(page.getByRole("checkbox", { name: "Select all on this page" })).toHaveJSProperty(
    "indeterminate",
    true,
  );
  await bar.getByRole("button", { name: "Revoke 2…" }).press("Enter");
  const question = page.getByRole("alertdialog", { name: "Revoke 2 tokens?" });
  await expect(question.getByRole("button", { name: "Cancel" })).toBeFocused();
  await expect(question.getByRole("listitem")).toContainText([one.name, three.name]);
  await expectAccessible(page);

  // Somebody else is quicker with one of them.
  await api.put(`/api/user-tokens/${three.id}`, { data: { revoke: true } });
  await api.delete(`/api/user-tokens/${three.id}`);
  await question.getByRole("button", { name: "Revoke 2 tokens" }).press("Enter");
  const report = page.getByRole("dialog", { name: "1 of 2 revoked" });
  await expect(report.getByRole("button", { name: "Close" }).first()).toBeFocused();
  await expectAnnounced(page, "1 of 2 tokens revoked");
  await expect(report.getByRole("listitem").filter({ hasText: one.name })).toContainText("revoked");
  await expect(report.getByRole("listitem").filter({ hasText: three.name })).toContainText(
    `There is no token ${three.id}.`,
  );
  await expectAccessible(page);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.keyboard.press("Enter");
  await expect(report).toBeHidden();
  await expect(rowOf(page, one.name).getByText("Revoked", { exact: true })).toBeVisible();
  await expect(rowOf(page, two.name).getByText("Active", { exact: true })).toBeVisible();
  expect(await use(page, one.secret, "curl/8")).toBe(401);
  expect(await use(page, two.secret, "curl/8")).toBe(200);
});

test("deletes the revoked among the selected, and leaves the others", async ({ adminPage: page, api }) => {
  const prefix = uniqueName("clear");
  const first = await newToken(api);
  const [active, revoked] = [
    await anotherToken(api, first, `${prefix}-active`),
    await anotherToken(api, first, `${prefix}-revoked`),
  ];
  await api.put(`/api/user-tokens/${revoked.id}`, { data: { revoke: true } });
  await page.goto(`/settings/tokens?q=${prefix}`);
  for (const { name } of [active, revoked])
    await page.getByRole("checkbox", { name: `Select ${name}` }).press("Space");
  const bar = page.getByRole("region", { name: "Selected tokens" });
  await bar.getByRole("button", { name: "Delete 1 revoked…" }).press("Enter");
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete 1 token" }).press("Enter");
  await page
    .getByRole("dialog", { name: "1 of 1 deleted" })
    .getByRole("button", { name: "Close" })
    .first()
    .press("Enter");
  await expect(rowOf(page, revoked.name)).toHaveCount(0);
  await expect(rowOf(page, active.name)).toBeVisible();
  await expect(bar).toContainText("1 selected");
  await bar.getByRole("button", { name: "Clear selection" }).press("Enter");
  await expect(bar).toBeHidden();
});

test("an answer that doesn't come is told, and nothing is claimed", async ({ adminPage: page, api }) => {
  const { name } = await newToken(api);
  await page.goto(`/settings/tokens?q=${name}`);
  await page.route("**/api/user-tokens/revocations", (route) => route.abort("connectionreset"));
  await page.getByRole("checkbox", { name: `Select ${name}` }).press("Space");
  await page.getByRole("button", { name: "Revoke 1…" }).press("Enter");
  await page.getByRole("alertdialog").getByRole("button", { name: "Revoke 1 token" }).press("Enter");
  await expect(page.getByRole("alertdialog")).toContainText("The answer did not come");
  await expect(page.locator("tbody").first()).toContainText("Active");
});

test("each row's controls have a name of their own, also where names repeat", async ({
  adminPage: page,
  api,
}) => {
  const name = uniqueName("twin");
  const owners = [await newToken(api), await newToken(api)];
  for (const owner of owners) await anotherToken(api, owner, name);
  await page.goto(`/settings/tokens?q=${name}`);
  for (const { account } of owners)
    for (const label of [`Select ${name} of ${account.user_id}`, `Actions for ${name} of ${account.user_id}`])
      await expect(page.getByLabel(label)).toHaveCount(1);
});
