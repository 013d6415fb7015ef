import { expect, test } from "@/e2e/fixtures";

test("the published example comes out key for key", async ({ api }) => {
  const created = await api.post("/users", {
    data: { name: "API Access", role: "Editor", teams: ["Data Engineering", "Data Quality"] },
  });
  expect(created.status()).toBe(201);
  const account = await created.json();
  expect(created.headers().location).toBe(`/api/users/${account.id}`);
  expect(Object.entries(account).slice(0, 8)).toEqual([
    ["id", expect.any(Number)],
    ["user_id", "api_access@service"],
    ["user_name", "api_access@service"],
    ["email", "service@example.com"],
    ["name", "API Access"],
    ["user_type", "Service"],
    ["role", "Editor"],
    ["teams", ["Public", "Data Engineering", "Data Quality"]],
  ]);

  const issued = await api.post("/user-tokens", {
    data: { name: "api-production", user_id: account.id, expires_in_days: 365 },
  });
  expect(issued.status()).toBe(201);
  expect(issued.headers()["cache-control"]).toBe("no-store");
  const token = await issued.json();
  expect(Object.entries(token).slice(0, 6)).toEqual([
    ["id", expect.any(Number)],
    ["name", "api-production"],
    ["active", true],
    ["expiration", expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)],
    ["bearer_token", expect.stringMatching(/^lk_svc_[0-9A-Za-z]{49}$/)],
    ["user", { id: account.id, user_id: "api_access@service", name: "API Access", user_type: "Service" }],
  ]);

  const me = await api.get("/users/me", { headers: { authorization: `Bearer ${token.bearer_token}` } });
  expect(await me.json()).toMatchObject({ id: account.id, token: { name: "api-production", scim: false } });
});
