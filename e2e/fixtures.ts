import { type APIRequestContext, test as base, type Cookie, type Page, request } from "@playwright/test";
import { createTestDatabase, patiently } from "@/e2e/database/cluster";
import { keepFleeting } from "@/e2e/fleeting";
import { type ServerProcess, startServer, writeBootstrapFile } from "@/e2e/server-process";
import { mintToken } from "@/lib/tokens/format";

export { expect } from "@playwright/test";

/** The administrator that every test server begins with. */
export const administrator = {
  name: "Ada Admin",
  email: "ada@example.com",
  password: "correct horse battery staple",
};

/** An Admin service account's token, for API calls; made by the bootstrap file. */
const secret = "the secret of the test servers, 32 bytes and more";
const robotName = "Test Robot";

export interface TestServer extends ServerProcess {
  databaseUrl: string;
  /** A token of an Admin service account. */
  token: string;
  /** Its LATCHKEY_SECRET, for commands beside it. */
  secret: string;
}

interface WorkerFixtures {
  /** The cookies of a session of the administrator. */
  adminCookies: Cookie[];
  /** One server for all tests of a worker, with a database of its own. */
  server: TestServer;
}

interface TestFixtures {
  /** The API as an Admin service account. */
  api: APIRequestContext;
  /** The API without credentials. */
  anonymous: APIRequestContext;
  /** A page signed in as the administrator. */
  adminPage: Page;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  server: [
    async ({}, use) => {
      const started = await startTestServer();
      await use(started.server);
      await started.stop();
    },
    { scope: "worker", timeout: 240_000 },
  ],
  adminCookies: [
    async ({ server, browser }, use) => {
      const context = await browser.newContext();
      const page = await context.newPage();
      await signInAs(page, server.baseURL);
      await use(await context.cookies());
      await context.close();
    },
    { scope: "worker", timeout: 240_000 },
  ],
  baseURL: async ({ server }, use) => use(server.baseURL),
  api: async ({ server }, use) => {
    const context = await request.newContext({
      baseURL: server.baseURL,
      extraHTTPHeaders: { authorization: `Bearer ${server.token}` },
    });
    await use(context);
    await context.dispose();
  },
  anonymous: async ({ server }, use) => {
    const context = await request.newContext({ baseURL: server.baseURL });
    await use(context);
    await context.dispose();
  },
  page: async ({ page }, use) => {
    await keepFleeting(page);
    await use(page);
  },
  adminPage: async ({ page, server, adminCookies }, use) => {
    // To check a password costs a tenth of a second: once a worker is enough, unless a test has ended that session.
    await page.context().addCookies(adminCookies);
    const me = await page.request.get(`${server.baseURL}/api/users/me`);
    if (!me.ok()) await signInAs(page, server.baseURL);
    await use(page);
  },
});

/** A server with an administrator and a robot, on a database of its own. */
export async function startTestServer(
  environment: Record<string, string> = {},
): Promise<{ server: TestServer; stop: () => Promise<void> }> {
  const database = await createTestDatabase();
  const token = mintToken("svc");
  const bootstrap = await writeBootstrapFile({
    admin: administrator,
    teams: ["Data Engineering", "Data Quality"],
    service_accounts: [
      { name: robotName, role: "Admin", tokens: [{ name: "tests", expires_in_days: null, secret: token }] },
    ],
  });
  const server = await startServer({
    DATABASE_URL: patiently(database.url),
    LATCHKEY_SECRET: secret,
    BOOTSTRAP_FILE: bootstrap.file,
    ...environment,
  });
  return {
    server: { ...server, databaseUrl: database.url, token, secret },
    async stop() {
      await server.stop();
      await database.drop();
      await bootstrap.remove();
    },
  };
}

/** Signs a page's browser in, by the API, so that a test of another screen needn't pass the form. */
export async function signInAs(
  page: Page,
  baseURL: string,
  { email, password }: { email: string; password: string } = administrator,
): Promise<void> {
  const answer = await page.request.post(`${baseURL}/api/session`, {
    data: { email, password },
    headers: { origin: baseURL },
  });
  if (!answer.ok()) throw new Error(`Sign-in was answered ${answer.status()}: ${await answer.text()}`);
}
