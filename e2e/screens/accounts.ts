import type { APIRequestContext, Locator, Page } from "@playwright/test";
import type { Role } from "@/db/enums";
import { expect } from "@/e2e/fixtures";
import { freshName } from "@/e2e/screens/wizard-steps";

/*
 * Accounts and teams to try the screens on, made over the API.
 */

export const usersPath = "/settings/security/users";
export const teamsPath = "/settings/security/teams";

interface Made {
  id: number;
  name: string;
  user_id: string;
}

/** A service account with a token. */
export async function makeService(
  api: APIRequestContext,
  more: Record<string, unknown> = {},
): Promise<Made & { secret: string }> {
  const answer = await api.post("/api/users", {
    data: {
      name: freshName("Service"),
      role: "Member",
      token: { name: "production", expires_in_days: 90 },
      ...more,
    },
  });
  expect(answer.status()).toBe(201);
  const { id, name, user_id, token } = await answer.json();
  return { id, name, user_id, secret: token.bearer_token };
}

/** A service account without a token. */
export async function createServiceUser(
  api: APIRequestContext,
  account: { name: string; role?: Role; teams?: string[] },
): Promise<void> {
  const created = await api.post("/api/users", { data: { role: "Member", ...account } });
  expect(created.status()).toBe(201);
}

/** A person, who hasn't set a password. */
export async function makePerson(
  api: APIRequestContext,
  more: Record<string, unknown> = {},
): Promise<Made & { link: string }> {
  const name = freshName("Person");
  const answer = await api.post("/api/users", {
    data: {
      user_type: "User",
      name,
      email: `${name.replaceAll(" ", ".")}@example.com`.toLowerCase(),
      role: "Member",
      ...more,
    },
  });
  expect(answer.status()).toBe(201);
  const { id, user_id, password_link } = await answer.json();
  return { id, name, user_id, link: password_link.url };
}

export async function makeTeam(api: APIRequestContext, more: Record<string, unknown> = {}): Promise<Made> {
  const answer = await api.post("/api/teams", { data: { name: freshName("Team"), ...more } });
  expect(answer.status()).toBe(201);
  return answer.json();
}

/** The list, narrowed to one account, and its row. */
export async function openRow(page: Page, name: string, path = usersPath): Promise<Locator> {
  await page.goto(`${path}?q=${encodeURIComponent(name)}`);
  const row = page.getByRole("row", { name });
  await expect(row).toBeVisible();
  return row;
}

/** Chooses from the ⋮ of something. */
export async function choose(page: Page, name: string, item: string): Promise<void> {
  await page.getByRole("button", { name: `Actions for ${name}` }).click();
  await page.getByRole("menuitem", { name: item }).click();
}

export const question = (page: Page): Locator => page.getByRole("alertdialog");

export const announcer = (page: Page): Locator => page.locator("[data-announcer=polite]");

/** A person and their team, as an identity provider makes them over SCIM. */
export async function provision(
  api: APIRequestContext,
  anonymous: APIRequestContext,
  { role }: { role?: string } = {},
): Promise<{ person: Made; team: Made; token: string }> {
  const token = "entra-production";
  const { secret } = await makeService(api, {
    role: "Admin",
    token: { name: token, expires_in_days: 1, scim: true },
  });
  const headers = { authorization: `Bearer ${secret}`, "content-type": "application/scim+json" };
  const make = async (path: string, resource: Record<string, unknown>) => {
    const answer = await anonymous.post(`/api/scim/v2/${path}`, { headers, data: JSON.stringify(resource) });
    expect(answer.status()).toBe(201);
    return Number((await answer.json()).id);
  };
  const [name, team] = [freshName("Provisioned"), freshName("Group")];
  const userName = `${name.replaceAll(" ", ".")}@example.com`.toLowerCase();
  const id = await make("Users", {
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
    userName,
    displayName: name,
    emails: [{ value: userName, type: "work", primary: true }],
    ...(role ? { roles: [{ value: role }] } : {}),
  });
  const teamId = await make("Groups", {
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group"],
    displayName: team,
    members: [{ value: String(id) }],
  });
  return {
    person: { id, name, user_id: userName },
    team: { id: teamId, name: team, user_id: "" },
    token,
  };
}
