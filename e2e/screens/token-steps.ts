import type { APIRequestContext, Locator, Page } from "@playwright/test";
import { Client } from "pg";
import type { TestServer } from "@/e2e/fixtures";

/*
 * What tests about tokens begin with.
 */

let made = 0;

/** A name that no other test uses. */
export const uniqueName = (what: string) => `${what}-${Date.now().toString(36)}${++made}`;

export interface MadeToken {
  id: number;
  name: string;
  secret: string;
  account: { id: number; user_id: string; name: string };
}

/** A token of a service account of its own. */
export async function newToken(
  api: APIRequestContext,
  { what = "token", days = 90 as number | null, role = "Member" } = {},
): Promise<MadeToken> {
  const name = uniqueName(what);
  const created = await api.post("/api/users", {
    data: { name: `Owner of ${name}`, role, token: { name, expires_in_days: days } },
  });
  if (!created.ok()) throw new Error(`A token was answered ${created.status()}: ${await created.text()}`);
  const account = await created.json();
  return { id: account.token.id, name, secret: account.token.bearer_token, account };
}

/** Another token of the same account. */
export async function anotherToken(
  api: APIRequestContext,
  { account }: MadeToken,
  name: string,
): Promise<MadeToken> {
  const data = { name, user_id: account.id, expires_in_days: 90 };
  const created = await (await api.post("/api/user-tokens", { data })).json();
  return { id: created.id, name, secret: created.bearer_token, account };
}

export const rowOf = (page: Page, name: string): Locator =>
  page
    .getByRole("row")
    .filter({ has: page.getByRole("button", { name: `Actions for ${name}`, exact: true }) });

/** The token's ⋮, opened by keyboard: columns move under the pointer when times turn from absolute to relative. */
export async function openActions(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: `Actions for ${name}`, exact: true }).press("Enter");
}

/** One of the token's acts. */
export async function act(page: Page, name: string, item: string): Promise<void> {
  await openActions(page, name);
  await page.getByRole("menuitem", { name: item }).press("Enter");
}

/** Calls with a token, as this client. */
export async function use(page: Page, secret: string, userAgent: string): Promise<number> {
  const answer = await page.request.get("/api/users/me", {
    headers: { authorization: `Bearer ${secret}`, "user-agent": userAgent },
  });
  return answer.status();
}

export const announced = (page: Page): Locator => page.locator("[data-announcer=polite]");

export async function onDatabase(
  { databaseUrl }: TestServer,
  statement: string,
  values: unknown[],
): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(statement, values);
  } finally {
    await client.end();
  }
}
