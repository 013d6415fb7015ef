import { expect, test } from "@/e2e/fixtures";

/* The rules are tested in their verbs; here stands what only HTTP can show of them. */

let made = 0;
const uniqueName = (what: string) => `${what} ${++made} ${Date.now().toString(36)}`;

test("an account is read with what it holds, and gone after DELETE, with its token", async ({
  api,
  anonymous,
}) => {
  const created = await (
    await api.post("/users", {
      data: { name: uniqueName("Life"), role: "Member", token: { name: "t", expires_in_days: 6 } },
    })
  ).json();
  const tokens = { total: 1, active: 1, next_expiration: created.token.expiration, last_used_at: null };
  expect(await (await api.get(`/users/${created.id}`)).json()).toMatchObject({ tokens });
  expect(await (await api.get("/users", { params: { user_id: created.user_id } })).json()).toMatchObject({
    items: [{ id: created.id, tokens }],
  });
  expect(
    await (await api.patch(`/users/${created.id}`, { data: { description: "what for" } })).json(),
  ).toMatchObject({ description: "what for", tokens });

  const deleted = await api.delete(`/users/${created.id}`);
  expect(deleted.status()).toBe(204);
  expect(await deleted.text()).toBe("");
  const headers = { authorization: `Bearer ${created.token.bearer_token}` };
  expect((await anonymous.get("/api/users/me", { headers })).status()).toBe(401);
  expect((await api.delete(`/users/${created.id}`)).status()).toBe(404);
});

test("ETag and If-Match: a change goes on from what was read, or not at all", async ({ api }) => {
  const { id } = await (
    await api.post("/api/users", { data: { name: uniqueName("Versioned"), role: "Member" } })
  ).json();
  const read = await api.get(`/api/users/${id}`);
  const etag = read.headers().etag ?? "";
  expect(etag).toBe(`"${(await read.json()).version}"`);
  const change = (description: string) =>
    api.patch(`/api/users/${id}`, { headers: { "if-match": etag }, data: { description } });
  const changed = await change("first");
  expect(changed.status()).toBe(200);
  expect(changed.headers().etag).not.toBe(etag);
  const late = await change("second");
  expect(late.status()).toBe(412);
  expect(await late.json()).toMatchObject({ code: "changed_meanwhile" });
  expect(await (await api.get(`/api/users/${id}`)).json()).toMatchObject({ description: "first" });
});

test("nobody deletes themselves: 409, and says so", async ({ api }) => {
  const me = await (await api.get("/api/users/me")).json();
  const answer = await api.delete(`/api/users/${me.id}`);
  expect(answer.status()).toBe(409);
  expect(await answer.json()).toMatchObject({ code: "own_account" });
});

test("a team for its whole life: members by number, a new name, the end", async ({ api }) => {
  const team = await (await api.post("/api/teams", { data: { name: uniqueName("Team") } })).json();
  const { id } = await (
    await api.post("/api/users", { data: { name: uniqueName("Member"), role: "Member" } })
  ).json();

  const joined = await api.patch(`/api/teams/${team.id}/members`, { data: { add: [id] } });
  expect(await joined.json()).toMatchObject({ id: team.id, member_count: 1 });
  const name = uniqueName("Renamed");
  expect(await (await api.patch(`/api/teams/${team.id}`, { data: { name } })).json()).toMatchObject({ name });
  expect(await (await api.get("/api/users", { params: { team: name } })).json()).toMatchObject({
    total: 1,
    items: [{ id, teams: ["Public", name] }],
  });
  expect((await api.delete(`/api/teams/${team.id}`)).status()).toBe(204);
  expect(await (await api.get(`/api/users/${id}`)).json()).toMatchObject({ teams: ["Public"] });
});

for (const [what, data, field] of [
  ["a name instead of a number", { add: ["ada"] }, "add.0"],
  ["one account in both lists", { add: [1], remove: [1] }, "remove"],
  ["1001 accounts", { add: Array.from({ length: 1001 }, (_, index) => index + 1) }, "add"],
  ["no list", { remove: 5 }, "remove"],
] as const)
  test(`members of a team: ${what} is 422 at ${field}`, async ({ api }) => {
    const { items } = await (await api.get("/api/teams", { params: { search: "Data Quality" } })).json();
    const answer = await api.patch(`/api/teams/${items[0].id}/members`, { data });
    expect(answer.status()).toBe(422);
    expect((await answer.json()).errors[0].field).toBe(field);
  });

test("Public is locked: 409, and the password link of a service account too", async ({ api }) => {
  const { items } = await (await api.get("/api/teams", { params: { size: 1 } })).json();
  for (const answer of [
    await api.patch(`/api/teams/${items[0].id}`, { data: { name: "All" } }),
    await api.delete(`/api/teams/${items[0].id}`),
    await api.patch(`/api/teams/${items[0].id}/members`, { data: { remove: [1] } }),
  ]) {
    expect(answer.status()).toBe(409);
    expect(await answer.json()).toMatchObject({ code: "team_locked" });
  }
  const me = await (await api.get("/api/users/me")).json();
  const robot = await (
    await api.post("/api/users", { data: { name: uniqueName("Robot"), role: "Member" } })
  ).json();
  expect(me.user_type).toBe("Service");
  expect((await api.post(`/api/users/${robot.id}/password-link`)).status()).toBe(409);
});

test("a new one-time link: 201, no-store, and the same again under the same key", async ({ api }) => {
  const email = `link-${Date.now()}@example.com`;
  const { id } = await (
    await api.post("/api/users", { data: { user_type: "User", name: "Linked", email, role: "Member" } })
  ).json();
  const headers = { "idempotency-key": `password-link-${Date.now()}-${"x".repeat(20)}` };
  const [first, again] = [
    await api.post(`/api/users/${id}/password-link`, { headers }),
    await api.post(`/api/users/${id}/password-link`, { headers }),
  ];
  expect([first.status(), again.status()]).toEqual([201, 201]);
  expect(first.headers()["cache-control"]).toBe("no-store");
  expect(again.headers()["idempotency-replayed"]).toBe("true");
  expect(await again.json()).toEqual(await first.json());
  expect(await (await api.post(`/api/users/${id}/password-link`)).json()).not.toEqual(await first.json());
});
