import { Client } from "pg";
import { administrator, expect, startTestServer, test } from "@/e2e/fixtures";

const credentials = { email: administrator.email, password: administrator.password };

async function onDatabase(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

test.describe("a session", () => {
  test("is a cookie that scripts can't read and other sites don't send", async ({ anonymous, server }) => {
    const answer = await anonymous.post("/api/session", {
      data: credentials,
      headers: { origin: server.baseURL },
    });
    expect(answer.status()).toBe(200);
    const cookie = answer.headers()["set-cookie"];
    expect(cookie).toMatch(
      /^latchkey\.session_token=[^;]+; Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    expect(await answer.text()).not.toContain(cookie?.split("=")[1]?.split(".")[0]);
    const me = await (await anonymous.get("/api/users/me")).json();
    expect(me).toMatchObject({ email: administrator.email, role: "Admin", user_type: "User" });
    expect(me.token).toBeUndefined();
  });

  test("makes no unsafe request from another origin, nor from nowhere", async ({ anonymous, server }) => {
    await anonymous.post("/api/session", { data: credentials, headers: { origin: server.baseURL } });
    const create = (headers: Record<string, string>) =>
      anonymous.post("/api/teams", { data: { name: `T${Math.random()}` }, headers });
    const strangers: Record<string, string>[] = [
      {},
      { origin: "http://evil.example" },
      { origin: "null" },
      { origin: `${server.baseURL}.evil.example` },
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
      { origin: "http://evil.example", "sec-fetch-site": "same-origin" },
      { origin: "http://evil.example", "x-forwarded-host": "evil.example" },
    ];
    for (const headers of strangers) {
      const answer = await create(headers);
      expect(answer.status()).toBe(403);
      expect((await answer.json()).code).toBe("cross_origin");
    }
    expect((await create({ origin: server.baseURL })).status()).toBe(201);
    expect((await create({ "sec-fetch-site": "same-origin" })).status()).toBe(201);
  });

  test("ends at sign-out, on the server", async ({ anonymous, server }) => {
    const headers = { origin: server.baseURL };
    const signedIn = await anonymous.post("/api/session", { data: credentials, headers });
    const cookie = signedIn.headers()["set-cookie"]?.split(";")[0] ?? "";
    expect((await anonymous.delete("/api/session", { headers })).status()).toBe(204);
    expect((await anonymous.get("/api/users/me", { headers: { cookie } })).status()).toBe(401);
  });

  test("ends after 12 hours idle, after 7 days at most, and with the account", async () => {
    const { server, stop } = await startTestServer();
    try {
      const signIn = async () => {
        const answer = await fetch(`${server.baseURL}/api/session`, {
          method: "POST",
          headers: { origin: server.baseURL, "content-type": "application/json" },
          body: JSON.stringify(credentials),
        });
        const cookie = answer.headers.get("set-cookie")?.split(";")[0] ?? "";
        return () =>
          fetch(`${server.baseURL}/api/users/me`, { headers: { cookie } }).then(({ status }) => status);
      };
      const idle = await signIn();
      expect(await idle()).toBe(200);
      await onDatabase(
        server.databaseUrl,
        "update sessions set last_active_at = now() - interval '11 hours 59 minutes'",
      );
      expect(await idle()).toBe(200);
      await onDatabase(
        server.databaseUrl,
        "update sessions set last_active_at = now() - interval '12 hours'",
      );
      expect(await idle()).toBe(401);

      const old = await signIn();
      expect(await old()).toBe(200);
      await onDatabase(server.databaseUrl, "update sessions set expires_at = expires_at - interval '7 days'");
      expect(await old()).toBe(401);

      const deactivated = await signIn();
      await onDatabase(server.databaseUrl, "update users set active = false where user_type = 'User'");
      expect(await deactivated()).toBe(401);
      const refused = await fetch(`${server.baseURL}/api/session`, {
        method: "POST",
        headers: { origin: server.baseURL, "content-type": "application/json" },
        body: JSON.stringify(credentials),
      });
      expect(refused.status).toBe(401);
    } finally {
      await stop();
    }
  });
});

test("every failure reads the same: wrong password, nobody, a service account", async ({
  api,
  anonymous,
  server,
}) => {
  await api.post("/api/users", { data: { name: "Cannot Sign In", role: "Member" } });
  const details = new Set<string>();
  for (const email of [
    administrator.email,
    "nobody@example.com",
    "cannot_sign_in@service",
    "service@example.com",
    "not an e-mail",
  ]) {
    const answer = await anonymous.post("/api/session", {
      data: { email, password: "a wrong password" },
      headers: { origin: server.baseURL },
    });
    expect(answer.status()).toBe(401);
    details.add((await answer.json()).detail);
  }
  expect([...details]).toEqual(["E-mail or password is incorrect."]);
});

test("open sign-up does not exist", async ({ anonymous, server }) => {
  for (const path of [
    "/api/auth/sign-up/email",
    "/api/auth/sign-in/email",
    "/api/auth/get-session",
    "/api/sign-up",
  ])
    expect(
      (await anonymous.post(path, { data: credentials, headers: { origin: server.baseURL } })).status(),
    ).toBe(404);
});

test("a taken set-up is gone", async ({ anonymous, server }) => {
  const answer = await anonymous.post("/api/setup", {
    data: { code: "x", name: "Eve", email: "eve@example.com", password: "a long enough password" },
    headers: { origin: server.baseURL },
  });
  expect(answer.status()).toBe(409);
  expect((await answer.json()).code).toBe("already_set_up");
});

test.describe("limits", () => {
  const wrong = (server: { baseURL: string }, email: string, headers: Record<string, string> = {}) =>
    fetch(`${server.baseURL}/api/session`, {
      method: "POST",
      headers: { origin: server.baseURL, "content-type": "application/json", ...headers },
      body: JSON.stringify({ email, password: "a wrong password" }),
    });

  test("ten tries per account, whatever X-Forwarded-For says; the wait is told", async () => {
    const { server, stop } = await startTestServer();
    try {
      const statuses: number[] = [];
      for (let n = 0; n < 11; n++)
        statuses.push(
          (await wrong(server, administrator.email, { "x-forwarded-for": `203.0.113.${n}` })).status,
        );
      expect(statuses).toEqual([...Array(10).fill(401), 429]);
      const refused = await wrong(server, administrator.email.toUpperCase());
      expect(refused.status).toBe(429);
      const wait = Number(refused.headers.get("retry-after"));
      // A quarter of an hour from the first try, and eleven passwords may take a stalled machine minutes.
      expect(wait).toBeGreaterThan(500);
      expect(wait).toBeLessThanOrEqual(900);
      // The audit tells the true address.
      const client = new Client({ connectionString: server.databaseUrl });
      await client.connect();
      const { rows } = await client.query(
        "select distinct ip::text from audit_events where action = 'session.refused'",
      );
      await client.end();
      expect(rows).toEqual([{ ip: "127.0.0.1/32" }]);
    } finally {
      await stop();
    }
  });

  test("thirty per address, over all accounts; behind a trusted proxy, the client's address counts", async () => {
    const { server, stop } = await startTestServer({ TRUSTED_PROXIES: "127.0.0.1" });
    try {
      const from = (address: string, n: number) =>
        wrong(server, `somebody${n}@example.com`, { "x-forwarded-for": `9.9.9.9, ${address}` });
      for (let n = 0; n < 30; n++) expect((await from("203.0.113.7", n)).status).toBe(401);
      expect((await from("203.0.113.7", 30)).status).toBe(429);
      expect((await from("203.0.113.8", 31)).status).toBe(401);
    } finally {
      await stop();
    }
  });
});

test("behind a trusted proxy on https the cookie is Secure, and the public address is an origin of ours", async () => {
  const { server, stop } = await startTestServer({
    TRUSTED_PROXIES: "127.0.0.1",
    PUBLIC_URL: "https://keys.example.com",
  });
  try {
    const answer = await fetch(`${server.baseURL}/api/session`, {
      method: "POST",
      headers: {
        origin: "https://keys.example.com",
        "x-forwarded-proto": "https",
        "content-type": "application/json",
      },
      body: JSON.stringify(credentials),
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("set-cookie")).toMatch(/; Secure$/);
    expect(answer.headers.get("strict-transport-security")).toBe("max-age=31536000");
  } finally {
    await stop();
  }
});

test("on https the cookie is Secure also behind a proxy that isn't believed", async () => {
  const publicUrl = "https://keys.example.com";
  const { server, stop } = await startTestServer({ PUBLIC_URL: publicUrl });
  try {
    const answer = await fetch(`${server.baseURL}/api/session`, {
      method: "POST",
      headers: { origin: publicUrl, "content-type": "application/json" },
      body: JSON.stringify(credentials),
    });
    expect(answer.headers.get("set-cookie")).toMatch(/; Secure$/);
  } finally {
    await stop();
  }
});

test("changing the password takes the current one and ends the other sessions", async () => {
  const { server, stop } = await startTestServer();
  try {
    const headers = { origin: server.baseURL, "content-type": "application/json" };
    const signIn = (password: string) =>
      fetch(`${server.baseURL}/api/session`, {
        method: "POST",
        headers,
        body: JSON.stringify({ ...credentials, password }),
      });
    const cookieOf = (answer: Response) => answer.headers.get("set-cookie")?.split(";")[0] ?? "";
    const [here, elsewhere] = [
      cookieOf(await signIn(credentials.password)),
      cookieOf(await signIn(credentials.password)),
    ];
    const change = (current_password: string, new_password: string) =>
      fetch(`${server.baseURL}/api/users/me/password`, {
        method: "PUT",
        headers: { ...headers, cookie: here },
        body: JSON.stringify({ current_password, new_password }),
      });
    const refused = await change("not the one", "another long password");
    expect(refused.status).toBe(422);
    expect((await refused.json()).errors[0].field).toBe("current_password");
    expect((await change(credentials.password, "short")).status).toBe(422);
    expect((await change(credentials.password, "x".repeat(129))).status).toBe(422);

    const changed = await change(credentials.password, "another long password");
    expect(changed.status).toBe(204);
    const me = (cookie: string) =>
      fetch(`${server.baseURL}/api/users/me`, { headers: { cookie } }).then(({ status }) => status);
    expect(await me(elsewhere)).toBe(401);
    expect(await me(here)).toBe(401);
    expect(await me(cookieOf(changed))).toBe(200);
    expect((await signIn(credentials.password)).status).toBe(401);
    expect((await signIn("another long password")).status).toBe(200);
  } finally {
    await stop();
  }
});
