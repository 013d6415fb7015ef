import type { APIRequestContext } from "@playwright/test";
import { expect, test } from "@/e2e/fixtures";

/* The rules of accounts, teams and tokens are tested in their verbs; here stands what only HTTP can show of them. */

const json = { "content-type": "application/json" };
let made = 0;
const uniqueName = (what: string) => `${what} ${++made} ${Date.now().toString(36)}`;

async function tokenOf(api: APIRequestContext, role: string, token: Record<string, unknown> = {}) {
  const answer = await api.post("/api/users", {
    data: { name: uniqueName(role), role, token: { name: "t", expires_in_days: 1, ...token } },
  });
  const account = await answer.json();
  return {
    id: account.id as number,
    tokenId: account.token.id as number,
    secret: account.token.bearer_token as string,
  };
}

const as = (secret: string) => ({ authorization: `Bearer ${secret}` });

test.describe("names", () => {
  const refused: [string, unknown][] = [
    ["an empty name", ""],
    ["white space only", " \t\n "],
    ["a control character", "a\u0000b"],
    ["a right-to-left override", "evil\u202etxt"],
    ["101 characters", "n".repeat(101)],
    ["half a megabyte", "n".repeat(500_000)],
    ["emoji that leave no id", "🚀🚀"],
    ["a number", 42],
    ["nothing", undefined],
  ];
  for (const [what, name] of refused)
    test(`${what} is 422 at the field name`, async ({ api }) => {
      const answer = await api.post("/api/users", { data: { name, role: "Member" } });
      expect(answer.status()).toBe(422);
      expect(answer.headers()["content-type"]).toBe("application/problem+json");
      expect((await answer.json()).errors).toEqual([{ field: "name", message: expect.any(String) }]);
    });

  test("right-to-left letters beside latin ones, and emoji, are kept", async ({ api }) => {
    const name = `מפתח 🔑 ${uniqueName("Key")}`;
    const answer = await api.post("/api/users", { data: { name, role: "Member" } });
    expect(await answer.json()).toMatchObject({ name });
  });
});

test("several faults come in one answer, one entry per field", async ({ api }) => {
  const answer = await api.post("/api/users", {
    data: { name: "", role: "Boss", teams: "all", token: { name: "t", expires_in_days: "30" } },
  });
  expect(answer.status()).toBe(422);
  const { errors, code } = await answer.json();
  expect(code).toBe("invalid_input");
  expect(errors.map(({ field }: { field: string }) => field).sort()).toEqual([
    "name",
    "role",
    "teams",
    "token.expires_in_days",
  ]);
});

test("unknown fields are ignored", async ({ api }) => {
  const answer = await api.post("/api/users", {
    data: { name: uniqueName("Extra"), role: "Member", colour: "red", id: 1 },
  });
  expect(answer.status()).toBe(201);
});

test("a person gets a one-time link, which works once", async ({ api, anonymous, server }) => {
  const email = `invited-${Date.now()}@example.com`;
  const created = await api.post("/api/users", {
    data: { user_type: "User", name: "Invited", email, role: "Member" },
  });
  expect(created.status()).toBe(201);
  const { password_link, user_id } = await created.json();
  expect(user_id).toBe(email);
  expect(password_link.url).toContain(`${server.baseURL}/set-password#code=`);
  const code = password_link.url.split("#code=")[1];
  const set = (password: string) =>
    anonymous.post("/api/password", { data: { code, password }, headers: { origin: server.baseURL } });
  expect((await set("short")).status()).toBe(422);
  expect((await set("long enough to be one")).status()).toBe(200);
  expect((await set("long enough to be two")).status()).toBe(410);
  const session = await anonymous.post("/api/session", {
    data: { email, password: "long enough to be one" },
    headers: { origin: server.baseURL },
  });
  expect(session.status()).toBe(200);
});

test.describe("lists", () => {
  test("page, sort and search; equal rows keep one order", async ({ api }) => {
    const stem = uniqueName("Paged");
    for (let n = 0; n < 5; n++)
      await api.post("/api/users", { data: { name: `${stem} ${n}`, role: "Member" } });
    const pageAt = async (page: number) =>
      (await api.get("/api/users", { params: { search: stem, size: 2, page, sort: "name" } })).json();
    const [first, second, third] = [await pageAt(1), await pageAt(2), await pageAt(3)];
    expect(first).toMatchObject({ total: 5, page: 1, size: 2 });
    const names = [...first.items, ...second.items, ...third.items].map(({ name }: { name: string }) => name);
    expect(names).toEqual([0, 1, 2, 3, 4].map((n) => `${stem} ${n}`));
  });

  test("search is literal: % and _ and \\ find themselves only", async ({ api }) => {
    const stem = uniqueName("Literal");
    await api.post("/api/users", { data: { name: `${stem} 100%_\\ sure`, role: "Member" } });
    await api.post("/api/users", { data: { name: `${stem} 1000 sure`, role: "Member" } });
    for (const search of [`${stem} 100%`, "100%_\\", `${stem} 100%_`]) {
      const found = await (await api.get("/api/users", { params: { search } })).json();
      expect(found.items.map(({ name }: { name: string }) => name)).toEqual([`${stem} 100%_\\ sure`]);
    }
  });

  test("team, role, type and status narrow; the service e-mail is searched too", async ({ api }) => {
    const stem = uniqueName("Filtered");
    await api.post("/api/users", { data: { name: stem, role: "Editor", teams: ["Data Quality"] } });
    const names = async (params: Record<string, string>) =>
      (
        await (await api.get("/api/users", { params: { ...params, search: params.search ?? stem } })).json()
      ).items.map(({ name }: { name: string }) => name);
    expect(
      await names({ team: "data quality", role: "Editor", user_type: "Service", status: "active" }),
    ).toEqual([stem]);
    expect(await names({ team: "Data Engineering" })).toEqual([]);
    expect(await names({ team: "Public" })).toEqual([stem]);
    expect(await names({ role: "Admin" })).toEqual([]);
    expect(await names({ search: "service@example", user_type: "Service" })).toContain(stem);
  });

  for (const query of [
    "page=0",
    "page=1.5",
    "page=-1",
    "size=0",
    "size=101",
    "size=ten",
    "sort=size",
    "role=Boss",
    "user_type=Bot",
    "status=on",
  ])
    test(`?${query} is 422 at its parameter`, async ({ api }) => {
      const answer = await api.get(`/api/users?${query}`);
      expect(answer.status()).toBe(422);
      expect((await answer.json()).errors[0].field).toBe(query.split("=")[0]);
    });

  for (const id of ["0", "-1", "1.5", "abc", "1e3", "999999999999", "99999999999999999999999", "%00"])
    test(`the user ${id} is 404`, async ({ api }) => {
      expect((await api.get(`/api/users/${id}`)).status()).toBe(404);
      expect((await api.get(`/api/user-tokens/${id}`)).status()).toBe(404);
      expect((await api.get(`/api/teams/${id}`)).status()).toBe(404);
    });
});

test.describe("who may (A1)", () => {
  for (const role of ["Member", "Editor"])
    test(`a ${role}'s token reads itself and nothing else`, async ({ api, anonymous }) => {
      const { id, secret, tokenId } = await tokenOf(api, role);
      const headers = as(secret);
      expect((await anonymous.get("/api/users", { headers })).status()).toBe(403);
      expect((await anonymous.get("/api/teams", { headers })).status()).toBe(403);
      expect((await anonymous.get("/api/user-tokens/service", { headers })).status()).toBe(403);
      expect((await anonymous.get("/api/users/1", { headers })).status()).toBe(404);
      expect((await anonymous.get(`/api/users/${id}`, { headers })).status()).toBe(200);
      expect((await anonymous.get(`/api/user-tokens/${tokenId}`, { headers })).status()).toBe(200);
      expect(
        (await anonymous.post("/api/users", { headers, data: { name: "x", role: "Member" } })).status(),
      ).toBe(403);
      expect((await anonymous.post("/api/teams", { headers, data: { name: "x" } })).status()).toBe(403);
      const me = await (await anonymous.get("/api/users/me", { headers })).json();
      expect(me).toMatchObject({ id, role, token: { id: tokenId } });
    });

  test("a Manager's reads users and teams, and changes nothing", async ({ api, anonymous }) => {
    const headers = as((await tokenOf(api, "Manager")).secret);
    expect((await anonymous.get("/api/users", { headers })).status()).toBe(200);
    expect((await anonymous.get("/api/teams", { headers })).status()).toBe(200);
    expect((await anonymous.get("/api/user-tokens/service", { headers })).status()).toBe(403);
    expect((await anonymous.post("/api/teams", { headers, data: { name: "x" } })).status()).toBe(403);
  });

  test("without credentials: 401 that names the scheme", async ({ anonymous }) => {
    for (const path of ["/api/users", "/users/me", "/api/user-tokens", "/api/teams"]) {
      const answer = await anonymous.get(path);
      expect(answer.status()).toBe(401);
      expect(answer.headers()["www-authenticate"]).toBe("Bearer");
    }
    expect((await anonymous.post("/users", { data: { name: "x", role: "Member" } })).status()).toBe(401);
  });

  test("a flipped checksum character, a stranger's form, Basic: 401 with the reason (RFC 6750)", async ({
    api,
    anonymous,
  }) => {
    const { secret } = await tokenOf(api, "Member");
    const flipped = secret.slice(0, -1) + (secret.endsWith("a") ? "b" : "a");
    for (const token of [flipped, "x".repeat(5000), "lk_svc_"]) {
      const answer = await anonymous.get("/api/users/me", { headers: as(token) });
      expect(answer.status()).toBe(401);
      expect(answer.headers()["www-authenticate"]).toMatch(
        /^Bearer error="invalid_token", error_description="[^"]+"$/,
      );
    }
    expect(
      (await anonymous.get("/api/users/me", { headers: { authorization: "Basic eDp5" } })).status(),
    ).toBe(401);
  });

  test("a SCIM token is 403 everywhere but under SCIM (T10)", async ({ api, anonymous }) => {
    const { secret } = await tokenOf(api, "Admin", { scim: true });
    expect(secret).toMatch(/^lk_scim_/);
    for (const path of ["/api/users", "/api/users/me", "/api/user-tokens", "/api/teams"]) {
      const answer = await anonymous.get(path, { headers: as(secret) });
      expect(answer.status()).toBe(403);
      expect((await answer.json()).detail).toContain("/api/scim/v2");
    }
  });
});

test("two administrators create the same name at once: one succeeds, the other gets the 409", async ({
  api,
}) => {
  const name = uniqueName("Race");
  const answers = await Promise.all(
    [1, 2, 3].map(() => api.post("/api/users", { data: { name, role: "Member" } })),
  );
  expect(answers.map((answer) => answer.status()).sort()).toEqual([201, 409, 409]);
});

test("last use shows within a minute (T8)", async ({ api, anonymous }) => {
  const { tokenId, secret } = await tokenOf(api, "Member");
  const read = async () => (await api.get(`/api/user-tokens/${tokenId}`)).json();
  expect(await read()).toMatchObject({ last_used_at: null, last_used_ip: null });
  await anonymous.get("/api/users/me", { headers: { ...as(secret), "user-agent": "nightly-sync/1.0" } });
  await expect.poll(async () => (await read()).last_used_at).toMatch(/Z$/);
  expect(await read()).toMatchObject({ last_used_ip: "127.0.0.1", last_used_user_agent: "nightly-sync/1.0" });
});

test("a lost answer can be had again under its Idempotency-Key", async ({ api }) => {
  const headers = { ...json, "idempotency-key": `key-${Date.now()}-0123456789abcdef0123456789` };
  const data = { name: uniqueName("Lost"), role: "Member", token: { name: "t", expires_in_days: 30 } };
  const first = await api.post("/users", { headers, data });
  const again = await api.post("/api/users", { headers, data });
  expect([first.status(), again.status()]).toEqual([201, 201]);
  expect(first.headers()["idempotency-replayed"]).toBeUndefined();
  expect(again.headers()["idempotency-replayed"]).toBe("true");
  expect(await again.json()).toEqual(await first.json());
  const other = await api.post("/users", { headers, data: { ...data, role: "Editor" } });
  expect(other.status()).toBe(422);
  const bad = await api.post("/users", { headers: { ...json, "idempotency-key": "a b" }, data });
  expect(bad.status()).toBe(400);
});

test.describe("POST /api/introspect (RFC 7662)", () => {
  test("tells of a good token, and of any other that it isn't", async ({ api }) => {
    const { secret, tokenId } = await tokenOf(api, "Editor");
    const ask = async (token: string) => (await api.post("/api/introspect", { form: { token } })).json();
    expect(await ask(secret)).toEqual({
      active: true,
      sub: expect.stringMatching(/@service$/),
      username: expect.stringMatching(/@service$/),
      token_type: "Bearer",
      iat: expect.any(Number),
      exp: expect.any(Number),
      role: "Editor",
      teams: ["Public"],
    });
    expect(await ask("nonsense")).toEqual({ active: false });
    await api.put(`/api/user-tokens/${tokenId}`, { data: { revoke: true } });
    expect(await ask(secret)).toEqual({ active: false });
    expect((await api.put(`/api/user-tokens/${tokenId}`, { data: { revoke: false } })).status()).toBe(200);
    expect(await ask(secret)).toMatchObject({ active: true });
  });

  test("a Member's token may ask; a SCIM token, JSON and nobody may not", async ({ api, anonymous }) => {
    const member = await tokenOf(api, "Member");
    const scim = await tokenOf(api, "Admin", { scim: true });
    const ask = (headers: Record<string, string>) =>
      anonymous.post("/api/introspect", { headers, form: { token: member.secret } });
    expect((await ask(as(member.secret))).status()).toBe(200);
    expect((await ask(as(scim.secret))).status()).toBe(403);
    expect((await ask({})).status()).toBe(401);
    expect((await api.post("/api/introspect", { data: { token: member.secret } })).status()).toBe(415);
    expect((await api.post("/api/introspect", { form: { other: "x" } })).status()).toBe(422);
  });
});
