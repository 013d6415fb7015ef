import type { APIRequestContext } from "@playwright/test";
import { Client } from "pg";
import { expect, startTestServer, test } from "@/e2e/fixtures";

/* The rules of a token's life are tested in their verbs; here stands what only HTTP, and a killed process, can show. */

let made = 0;
const uniqueName = (what: string) => `${what} ${++made} ${Date.now().toString(36)}`;
const as = (secret: string) => ({ authorization: `Bearer ${secret}` });

async function newToken(api: APIRequestContext, token: Record<string, unknown> = {}, role = "Editor") {
  const answer = await api.post("/api/users", {
    data: { name: uniqueName("Nightly"), role, token: { name: "nightly", expires_in_days: 30, ...token } },
  });
  const account = await answer.json();
  return {
    accountId: account.id as number,
    id: account.token.id as number,
    secret: account.token.bearer_token as string,
  };
}

test.describe("rotation (T7)", () => {
  test("answers like a creation; both authenticate until the overlap ends", async ({ api, anonymous }) => {
    const old = await newToken(api);
    const answer = await api.post(`/api/user-tokens/${old.id}/rotation`, { data: { expires_in_days: 365 } });
    expect(answer.status()).toBe(201);
    expect(answer.headers()["cache-control"]).toBe("no-store");
    const successor = await answer.json();
    expect(answer.headers().location).toBe(`/api/user-tokens/${successor.id}`);
    expect(Object.keys(successor).slice(0, 6)).toEqual([
      "id",
      "name",
      "active",
      "expiration",
      "bearer_token",
      "user",
    ]);
    expect(successor.replaces).toEqual({ id: old.id, name: "nightly" });
    for (const secret of [old.secret, successor.bearer_token])
      expect((await anonymous.get("/api/users/me", { headers: as(secret) })).status()).toBe(200);
    const shown = await (await api.get(`/api/user-tokens/${old.id}`)).json();
    expect(shown).toMatchObject({ status: "active", replaced_by: { id: successor.id } });
    expect(shown.retires_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(JSON.stringify(shown)).not.toContain(successor.bearer_token);
  });

  test("with an overlap of 0 the old one gets 401 and is told why", async ({ api, anonymous }) => {
    const old = await newToken(api);
    const data = { expires_in_days: null, overlap_hours: 0 };
    expect((await api.post(`/api/user-tokens/${old.id}/rotation`, { data })).status()).toBe(201);
    const refused = await anonymous.get("/api/users/me", { headers: as(old.secret) });
    expect(refused.status()).toBe(401);
    expect(refused.headers()["www-authenticate"]).toContain('error="invalid_token"');
    expect(refused.headers()["www-authenticate"]).toContain("revoked");
  });

  test("a repeat under the same key is the same new token, and a new key is a refusal", async ({ api }) => {
    const { id } = await newToken(api);
    const rotate = (key: string) =>
      api.post(`/api/user-tokens/${id}/rotation`, {
        data: { expires_in_days: 90 },
        headers: { "idempotency-key": key },
      });
    const key = `rotation-${id}-0123456789abcdefghijklmnop`;
    const first = await rotate(key);
    const repeat = await rotate(key);
    expect(repeat.headers()["idempotency-replayed"]).toBe("true");
    expect(await repeat.json()).toEqual(await first.json());
    const another = await rotate(`${key}-another`);
    expect(another.status()).toBe(409);
    expect(await another.json()).toMatchObject({ code: "already_rotated" });
  });

  for (const overlap_hours of [-1, 721, 1.5])
    test(`an overlap of ${overlap_hours} hours is 422 at its field`, async ({ api }) => {
      const { id } = await newToken(api);
      const data = { expires_in_days: 90, overlap_hours };
      const answer = await api.post(`/api/user-tokens/${id}/rotation`, { data });
      expect(answer.status()).toBe(422);
      expect((await answer.json()).errors).toMatchObject([{ field: "overlap_hours" }]);
    });

  test("a stranger's token isn't there, and a SCIM token rotates nothing", async ({ api, anonymous }) => {
    const { id } = await newToken(api);
    const member = await newToken(api, {}, "Member");
    const scim = await newToken(api, { scim: true }, "Admin");
    const data = { expires_in_days: 90 };
    const url = `/api/user-tokens/${id}/rotation`;
    expect((await anonymous.post(url, { data, headers: as(member.secret) })).status()).toBe(404);
    expect((await anonymous.post(url, { data, headers: as(scim.secret) })).status()).toBe(403);
    const put = { data: { revoke: true }, headers: as(member.secret) };
    expect((await anonymous.put(`/api/user-tokens/${id}`, put)).status()).toBe(404);
  });
});

test.describe("revoke, restore, delete (T6)", () => {
  test("a token that is revoked while in use is refused at the next request", async ({ api, anonymous }) => {
    const { id, secret } = await newToken(api);
    const use = async () => (await anonymous.get("/api/users/me", { headers: as(secret) })).status();
    expect(await use()).toBe(200);
    expect((await api.put(`/api/user-tokens/${id}`, { data: { revoke: true } })).status()).toBe(200);
    expect(await use()).toBe(401);
    expect((await api.put(`/api/user-tokens/${id}`, { data: { revoke: false } })).status()).toBe(200);
    expect(await use()).toBe(200);
  });

  test("only a revoked token can be deleted, and then it is gone", async ({ api }) => {
    const { id } = await newToken(api);
    const early = await api.delete(`/api/user-tokens/${id}`);
    expect(early.status()).toBe(409);
    expect(await early.json()).toMatchObject({ code: "token_not_revoked" });
    await api.put(`/api/user-tokens/${id}`, { data: { revoke: true } });
    expect((await api.delete(`/api/user-tokens/${id}`)).status()).toBe(204);
    expect((await api.get(`/api/user-tokens/${id}`)).status()).toBe(404);
  });

  test("a name that the account has is refused (T1)", async ({ api }) => {
    const { id, accountId } = await newToken(api);
    const data = { name: "other", user_id: accountId, expires_in_days: 1 };
    expect((await api.post("/api/user-tokens", { data })).status()).toBe(201);
    const answer = await api.put(`/api/user-tokens/${id}`, { data: { name: "Other" } });
    expect(answer.status()).toBe(409);
    expect(await answer.json()).toMatchObject({ code: "name_taken", errors: [{ field: "name" }] });
  });
});

test("use and refused use show within a minute, with who it was (T8, T11)", async ({ api, anonymous }) => {
  const { id, secret } = await newToken(api);
  const use = (agent: string) =>
    anonymous.get("/api/users/me", { headers: { ...as(secret), "user-agent": agent } });
  await use("nightly-sync/2.4");
  await api.put(`/api/user-tokens/${id}`, { data: { revoke: true } });
  await use("forgotten-sync/1.0");
  await expect
    .poll(async () => (await api.get(`/api/user-tokens/${id}`)).json())
    .toMatchObject({
      last_used_ip: "127.0.0.1",
      last_used_user_agent: "nightly-sync/2.4",
      refused_count: 1,
      last_refused_ip: "127.0.0.1",
      last_refused_user_agent: "forgotten-sync/1.0",
    });
  const usage = await (await api.get(`/api/user-tokens/${id}/usage`)).json();
  expect(usage.callers.map(({ user_agent }: { user_agent: string }) => user_agent).sort()).toEqual([
    "forgotten-sync/1",
    "nightly-sync/2",
  ]);
  // Of two days, since one may have ended between the two calls.
  const counted = await (await api.get(`/api/user-tokens/usage?ids=${id}&days=2`)).json();
  const [yesterday, today] = counted.items[0].days;
  expect(yesterday.accepted + today.accepted).toBe(1);
  expect(yesterday.refused + today.refused).toBe(1);
  // What other tests were refused may be written between the two answers.
  await expect(async () => {
    const summary = await (await api.get("/api/user-tokens/summary?owner=all&type=Service")).json();
    const list = await api.get("/api/user-tokens?owner=all&type=Service&still_called=true");
    const { total } = await list.json();
    expect(summary.still_called).toBe(total);
    expect(total).toBeGreaterThan(0);
  }).toPass();
});

test("a server killed in the middle of a bulk leaves each token wholly done or untouched", async () => {
  const { server, stop } = await startTestServer();
  const database = new Client({ connectionString: server.databaseUrl });
  await database.connect();
  try {
    const headers = { ...as(server.token), "content-type": "application/json" };
    const post = (path: string, body: unknown) =>
      fetch(server.baseURL + path, { method: "POST", headers, body: JSON.stringify(body) });
    const account = (await (await post("/api/users", { name: "Many", role: "Member" })).json()) as {
      id: number;
    };
    const ids: number[] = [];
    for (let index = 0; index < 100; index++) {
      const answer = await post("/api/user-tokens", {
        name: `t${index}`,
        user_id: account.id,
        expires_in_days: 1,
      });
      ids.push(((await answer.json()) as { id: number }).id);
    }

    const revokedOnes = async () =>
      Number(
        (await database.query("select count(*) from tokens where revoked_at is not null")).rows[0].count,
      );
    // It gets no further than to its middle, however late it is killed.
    await database.query("begin");
    await database.query("select from tokens where id = any ($1) for update", [ids.slice(50)]);
    const bulk = post("/api/user-tokens/revocations", { ids }).catch(() => undefined);
    await expect.poll(revokedOnes, { intervals: [20] }).toBeGreaterThanOrEqual(5);
    await server.stop("SIGKILL");
    await bulk;
    await database.query("rollback");
    // What the dead process had under way ends when its connections do.
    await expect
      .poll(async () => {
        const others = await database.query(
          "select count(*) from pg_stat_activity where datname = current_database() and application_name = 'latchkey'",
        );
        return Number(others.rows[0].count);
      })
      .toBe(0);

    const { rows } = await database.query<{ revoked: boolean; entries: string }>(
      `select t.revoked_at is not null as revoked,
         (select count(*) from audit_events a
          where a.action = 'token.revoked' and a.target_type = 'token' and a.target_id = t.id) as entries
       from tokens t where t.id = any ($1)`,
      [ids],
    );
    expect(rows).toHaveLength(100);
    const done = rows.filter(({ revoked }) => revoked);
    expect(done.length).toBeGreaterThanOrEqual(5);
    expect(done.length).toBeLessThan(100);
    for (const { revoked, entries } of rows) expect(entries).toBe(revoked ? "1" : "0");
  } finally {
    await database.end();
    await stop();
  }
});
