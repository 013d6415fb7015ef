import type { APIRequestContext, Page } from "@playwright/test";
import type { Role } from "@/db/enums";
import { signInAs } from "@/e2e/fixtures";

/** Of everybody made here. */
export const personPassword = "a password of the tests";
let made = 0;

/** Signs the page's browser in as a new person with this role. */
export async function signInAsNew(
  page: Page,
  baseURL: string,
  api: APIRequestContext,
  role: Role,
): Promise<{ name: string; email: string }> {
  const person = {
    name: `${role} ${++made}`,
    email: `${role}-${made}-${Date.now()}@example.com`.toLowerCase(),
  };
  const created = await api.post("/api/users", { data: { user_type: "User", role, ...person } });
  if (!created.ok()) throw new Error(`A person was answered ${created.status()}: ${await created.text()}`);
  const link: string = (await created.json()).password_link.url;
  await api.post("/api/password", {
    data: { code: link.split("#code=")[1], password: personPassword },
    headers: { origin: baseURL },
  });
  await signInAs(page, baseURL, { email: person.email, password: personPassword });
  return person;
}
