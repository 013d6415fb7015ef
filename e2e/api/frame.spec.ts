import http from "node:http";
import { expect, test } from "@/e2e/fixtures";

/* What holds for every endpoint: forms of errors, limits of bodies, methods, ids of requests, what logs may hold. */

test("every answer has a request id, and so has its problem document", async ({ api }) => {
  const good = await api.get("/api/status");
  expect(good.headers()["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
  const bad = await api.get("/api/users/0");
  expect((await bad.json()).request_id).toBe(bad.headers()["x-request-id"]);
});

test("a client doesn't choose the request id", async ({ api }) => {
  const answer = await api.get("/api/status", { headers: { "x-request-id": "forged" } });
  expect(answer.headers()["x-request-id"]).not.toBe("forged");
});

test("a problem document has RFC 9457's members and ours", async ({ api }) => {
  const answer = await api.get("/api/users/0");
  expect(await answer.json()).toEqual({
    type: "/api/docs#not_found",
    title: "Not found",
    status: 404,
    detail: expect.stringMatching(/\.$/),
    code: "not_found",
    request_id: expect.any(String),
  });
});

test("bad JSON is 400, an empty body too, and bad UTF-8", async ({ api }) => {
  const headers = { "content-type": "application/json" };
  for (const data of ["{", "", "{'name': 1}", Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d])]) {
    const answer = await api.post("/api/users", { headers, data: Buffer.from(data) });
    expect(answer.status()).toBe(400);
    expect((await answer.json()).code).toBe("malformed_json");
  }
});

test("JSON that is no object is 422", async ({ api }) => {
  for (const data of ["[1]", '"text"', "7", "null"]) {
    const answer = await api.post("/api/users", {
      headers: { "content-type": "application/json" },
      data: Buffer.from(data),
    });
    expect(answer.status()).toBe(422);
    expect((await answer.json()).detail).toBe("Must be a JSON object.");
  }
});

test("another media type is 415", async ({ api }) => {
  for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]) {
    const answer = await api.post("/api/users", {
      headers: { "content-type": type },
      data: Buffer.from("{}"),
    });
    expect(answer.status()).toBe(415);
  }
  const json = await api.post("/api/users", {
    headers: { "content-type": "application/json; charset=utf-8" },
    data: Buffer.from("{}"),
  });
  expect(json.status()).toBe(422);
});

for (const mebibytes of [2, 11])
  for (const chunked of [false, true])
    test(`a body of ${mebibytes} MiB${chunked ? ", chunked," : ""} is 413`, async ({ server }) => {
      const body = Buffer.from(JSON.stringify({ name: "n".repeat(mebibytes * 1024 * 1024), role: "Member" }));
      const { status, text } = await post(`${server.baseURL}/api/users`, server.token, body, chunked);
      expect(status).toBe(413);
      expect(JSON.parse(text)).toMatchObject({ code: "body_too_large" });
    });

test("a body of just under 1 MiB is read, chunked too", async ({ server }) => {
  const body = Buffer.from(JSON.stringify({ name: "n".repeat(1024 * 1024 - 100), role: "Member" }));
  expect((await post(`${server.baseURL}/api/users`, server.token, body, true)).status).toBe(422);
});

test("an unknown path below /api is 404 in the same form", async ({ api }) => {
  for (const path of [
    "/api",
    "/api/nope",
    "/api/users/1/nope",
    "/users/1/tokens",
    "/api/../api/none",
    "/api/users//1",
  ]) {
    const answer = await api.get(path);
    expect(answer.status()).toBe(404);
    expect(answer.headers()["content-type"]).toBe("application/problem+json");
  }
});

test("a path that others would read otherwise leads nowhere: neither past the log nor to another site", async ({
  server,
}) => {
  for (const path of [
    "/_next/../api/users",
    "/_next/%2e%2E/api/users",
    "/x/../api/users",
    "/./api/users",
    "/_next\\..\\api\\users",
    "/\\evil.example",
    "*",
  ])
    expect(await raw(server.port, "GET", path), path).toBe(404);
  await expect.poll(() => server.output()).toContain('"path":"/_next/../api/users"');
});

test("nobody has our own addresses asked by Next, past the listener", async ({ anonymous }) => {
  const answer = await anonymous.get("/_next/image?url=%2Fapi%2Fusers&w=64&q=75");
  expect(answer.status()).toBe(404);
});

test("a target as proxies are asked, with scheme and host, is that path here", async ({ server }) => {
  expect(await raw(server.port, "GET", `${server.baseURL}/api/status`)).toBe(200);
  expect(await raw(server.port, "GET", "http://evil.example/api/users/1")).toBe(401);
});

test("a wrong method is 405 with Allow", async ({ api, server }) => {
  const answer = await api.delete("/api/users");
  expect(answer.status()).toBe(405);
  expect(answer.headers().allow?.split(", ").sort()).toEqual(["GET", "HEAD", "POST"]);
  expect((await api.put("/api/teams/1")).status()).toBe(405);
  expect(await raw(server.port, "TRACE", "/api/users")).toBe(405);
  expect(await raw(server.port, "TRACE", "/sign-in")).toBe(405);
  expect(await raw(server.port, "POST", "/sign-in")).toBe(405);
});

test("the root paths are the same endpoints, with or without a slash at the end", async ({ api }) => {
  for (const path of [
    "/users",
    "/users/",
    "/api/users",
    "/api/users/",
    "/teams",
    "/user-tokens",
    "/user-tokens/service",
  ])
    expect((await api.get(path)).status()).toBe(200);
});

test("HEAD answers like GET, without a body", async ({ api }) => {
  const answer = await api.head("/api/users");
  expect(answer.status()).toBe(200);
  expect((await answer.body()).length).toBe(0);
});

test("status, openapi.json and docs are public and tell nothing private", async ({ anonymous, server }) => {
  const status = await anonymous.get("/api/status");
  expect(await status.json()).toEqual({ status: "ok", version: expect.stringMatching(/^\d+\.\d+\.\d+$/) });
  const document = await (await anonymous.get("/api/openapi.json")).text();
  expect(JSON.parse(document).openapi).toMatch(/^3\.1\./);
  const docs = await anonymous.get("/api/docs");
  expect(docs.status()).toBe(200);
  for (const text of [document, await docs.text()]) expect(text).not.toContain(server.token.slice(7));
});

test("answers carry the headers that keep browsers safe", async ({ anonymous }) => {
  const page = (await anonymous.get("/sign-in")).headers();
  expect(page["content-security-policy"]).toMatch(/script-src 'self' 'nonce-[\w+/=]+' 'strict-dynamic'/);
  expect(page["content-security-policy"]).toContain("frame-ancestors 'none'");
  expect(page["content-security-policy"]).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline/);
  expect(page["x-powered-by"]).toBeUndefined();
  const data = (await anonymous.get("/api/status")).headers();
  expect(data["content-security-policy"]).toBe("default-src 'none'; frame-ancestors 'none'");
  for (const headers of [page, data]) expect(headers["x-content-type-options"]).toBe("nosniff");
});

test("nothing the server printed holds a secret", async ({ api, anonymous, server }) => {
  const created = await api.post("/api/users", {
    data: { name: `Quiet ${Date.now()}`, role: "Member", token: { name: "t", expires_in_days: 1 } },
  });
  const secret = (await created.json()).token.bearer_token as string;
  await anonymous.get(`/api/users/me?token=${secret}`, { headers: { authorization: `Bearer ${secret}` } });
  await anonymous.get("/api/users/me", { headers: { authorization: `Bearer ${secret}x` } });
  for (const place of ["/api/user-tokens", "/api/scim/v2/Users", "/settings/security/users", ""])
    await anonymous.get(`${place}/${secret}`);
  await anonymous.post("/api/session", {
    data: { email: "ada@example.com", password: "a wrong password" },
    headers: { origin: server.baseURL },
  });
  await expect.poll(() => server.output()).toContain('"path":"/api/session"');
  for (const hidden of [secret.slice(7, 40), server.token.slice(7, 40), "a wrong password", "correct horse"])
    expect(server.output()).not.toContain(hidden);
});

function post(
  url: string,
  token: string,
  body: Buffer,
  chunked: boolean,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const headers: http.OutgoingHttpHeaders = {
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
    };
    if (!chunked) headers["content-length"] = body.length;
    const request = http.request(url, { method: "POST", headers }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString() }),
      );
    });
    request.on("error", reject);
    for (let from = 0; from < body.length; from += 64 * 1024)
      request.write(body.subarray(from, from + 64 * 1024));
    request.end();
  });
}

function raw(port: number, method: string, path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    http
      .request({ host: "127.0.0.1", port, method, path }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      })
      .on("error", reject)
      .end();
  });
}

test("a connection is kept for longer than proxies keep theirs: none loses a request to one that just closed", async ({
  anonymous,
}) => {
  const answer = await anonymous.get("/api/status");
  expect(answer.headers()["keep-alive"]).toBe("timeout=125");
});
