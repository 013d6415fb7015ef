import { request as httpRequest, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { eq } from "drizzle-orm";
import { Client } from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { db, pool, transaction } from "@/db/client";
import { tokens } from "@/db/schema";
import { openTestInstance, service, system } from "@/e2e/database/instance";
import { days } from "@/lib/clock";
import { announce } from "@/lib/gate/announce";
import { createGateServer } from "@/lib/gate/gate-server";
import { type Gate, openGate } from "@/lib/gate/open-gate";
import { introspectToken } from "@/lib/introspection/introspect-token";
import { changeTeamMembers } from "@/lib/teams/change-team-members";
import { createTeam, insertTeam } from "@/lib/teams/create-team";
import { deleteTeam } from "@/lib/teams/delete-team";
import { updateTeam } from "@/lib/teams/update-team";
import { changeToken } from "@/lib/tokens/change-token";
import { mintToken } from "@/lib/tokens/format";
import { insertToken } from "@/lib/tokens/insert-token";
import { issueToken } from "@/lib/tokens/issue-token";
import { flushUses } from "@/lib/tokens/use-batch";
import { deleteUser } from "@/lib/users/delete-user";
import { updateUser } from "@/lib/users/update-user";

openTestInstance();

let now = () => Date.now();
let gate: Gate;
let server: Server;
let base: string;

beforeAll(async () => {
  await transaction((tx) => insertTeam(tx, system(), { name: "Data Engineering", description: null }));
  gate = openGate({
    pool: pool(),
    prepared: true,
    listenUrl: String(pool().options.connectionString),
    staleMs: 30_000,
    addressOf: ({ socket }) => socket.remoteAddress ?? "",
    onError: () => {},
    now: () => now(),
  });
  server = createGateServer(gate.handle);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await untilProven();
});

/** Until memory is believed; for where the clock has just been moved. */
const untilProven = () => vi.waitFor(() => expect(gate.feed.isProven()).toBe(true), 5_000);

afterAll(async () => {
  server.closeAllConnections();
  await gate.close();
});

afterEach(async () => {
  now = () => Date.now();
  await untilProven();
});

async function newToken(role: "Admin" | "Editor" | "Member" = "Editor", teams: string[] = [], scim = false) {
  const account = await service(role, teams);
  const id = account.user.id ?? 0;
  const created = await issueToken(system(), { user_id: id, name: "t", expires_in_days: 1, scim });
  return { secret: created.bearer_token, tokenId: created.id, userId: id, user: account.user.userId };
}

const verify = (secret: string, path = "/verify", init: RequestInit = {}) =>
  fetch(base + path, { ...init, headers: { authorization: `Bearer ${secret}` } });
const statusOf = async (secret: string, path?: string) => (await verify(secret, path)).status;
const introspect = async (asker: string, token: string) => {
  const answer = await fetch(`${base}/introspect`, {
    method: "POST",
    headers: { authorization: `Bearer ${asker}` },
    body: new URLSearchParams({ token }),
  });
  return { status: answer.status, body: await answer.json() };
};

describe("/verify", () => {
  it("answers 200 and says who it is", async () => {
    const { secret, user, tokenId } = await newToken("Editor", ["Data Engineering"]);
    const answer = await verify(secret);
    expect(answer.status).toBe(200);
    expect(Object.fromEntries([...answer.headers].filter(([name]) => name.startsWith("x-latchkey")))).toEqual(
      {
        "x-latchkey-user": user,
        "x-latchkey-user-type": "Service",
        "x-latchkey-role": "Editor",
        "x-latchkey-teams": "Public,Data%20Engineering",
        "x-latchkey-token-id": String(tokenId),
      },
    );
    expect(await answer.text()).toBe("");
  });

  it.each(["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"])("takes %s, below it too", async (method) => {
    const { secret } = await newToken();
    expect((await verify(secret, "/verify/api/orders/7?x=1", { method })).status).toBe(200);
  });

  it("asks the database once for a burst on one token, and not again", async () => {
    const { secret } = await newToken();
    const before = gate.verifier.counts.queries;
    const answers = await Promise.all(Array.from({ length: 50 }, () => statusOf(secret)));
    expect(new Set(answers)).toEqual(new Set([200]));
    expect(await statusOf(secret)).toBe(200);
    expect(gate.verifier.counts.queries - before).toBe(1);
  });

  it("narrows by role, at least, and by team; what it can't understand lets nobody in", async () => {
    const { secret } = await newToken("Editor", ["Data Engineering"]);
    expect(await statusOf(secret, "/verify?role=Member")).toBe(200);
    expect(await statusOf(secret, "/verify?role=Editor&team=data%20engineering")).toBe(200);
    expect(await statusOf(secret, "/verify?role=Manager")).toBe(403);
    expect(await statusOf(secret, "/verify?team=Finance")).toBe(403);
    expect(await statusOf(secret, "/verify?role=Member&role=Admin")).toBe(403);
    expect(await statusOf(secret, "/verify?role=editor")).toBe(403);
    expect(await statusOf(secret, "/verify/x?team=Public&team=Data+Engineering")).toBe(200);
  });

  it("refuses a SCIM token (403) and never reads one from the query", async () => {
    const { secret } = await newToken("Admin", [], true);
    expect(await statusOf(secret)).toBe(403);
    const good = await newToken();
    expect((await fetch(`${base}/verify?access_token=${good.secret}&token=${good.secret}`)).status).toBe(401);
  });

  it("tells a bad token from none (RFC 6750)", async () => {
    expect((await fetch(`${base}/verify`)).headers.get("www-authenticate")).toBe("Bearer");
    const answer = await verify(mintToken("svc"));
    expect(answer.status).toBe(401);
    expect(answer.headers.get("www-authenticate")).toBe(
      'Bearer error="invalid_token", error_description="The token is unknown"',
    );
  });

  it("has no /verifyx and nothing else", async () => {
    const { secret } = await newToken();
    for (const path of ["/verifyx", "/", "/users", "/api/users"])
      expect(await statusOf(secret, path)).toBe(404);
  });
});

describe("what clients send", () => {
  /** Writes bytes to a connection of its own and reads until the server is done or `until` is seen. */
  const raw = (text: string, until = "\r\n\r\n"): Promise<string> =>
    new Promise((resolve, reject) => {
      const socket = connect((server.address() as AddressInfo).port, "127.0.0.1", () => socket.write(text));
      let seen = "";
      socket.on("data", (chunk) => {
        seen += chunk.toString();
        if (seen.includes(until)) socket.destroy();
      });
      socket.on("close", () => resolve(seen));
      socket.on("error", reject);
    });
  const statusIn = (answer: string) => Number(/^HTTP\/1\.[01] (\d+)/.exec(answer)?.[1]);

  it("the scheme in any case, spaces after it and at the end", async () => {
    const { secret } = await newToken();
    for (const value of [`bearer ${secret}`, `BEARER   ${secret}  `, `BeArEr ${secret}`]) {
      const answer = await raw(`GET /verify HTTP/1.1\r\nHost: x\r\nAuthorization: ${value}\r\n\r\n`);
      expect(statusIn(answer)).toBe(200);
    }
  });

  it("Basic, an empty header, two tokens in one, a tab: 401", async () => {
    const { secret } = await newToken();
    for (const value of [
      "Basic eDp5",
      "",
      "Bearer",
      `Bearer ${secret} ${secret}`,
      `Bearer\t${secret}`,
      `Token ${secret}`,
    ]) {
      const answer = await raw(`GET /verify HTTP/1.1\r\nHost: x\r\nAuthorization: ${value}\r\n\r\n`);
      expect(statusIn(answer)).toBe(401);
    }
  });

  it("two Authorization headers: 400, whichever is good", async () => {
    const { secret } = await newToken();
    const two = [`Authorization: Bearer ${secret}`, "Authorization: Bearer other"];
    for (const lines of [two, [...two].reverse(), [two[0], two[0]]])
      expect(statusIn(await raw(`GET /verify HTTP/1.1\r\nHost: x\r\n${lines.join("\r\n")}\r\n\r\n`))).toBe(
        400,
      );
  });

  it("a header of 64 KiB: 431, and the server goes on", async () => {
    expect(
      statusIn(
        await raw(`GET /verify HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${"a".repeat(65_536)}\r\n\r\n`),
      ),
    ).toBe(431);
    expect((await fetch(`${base}/healthz`)).status).toBe(200);
  });

  it("HTTP/1.0, a path with .., a body without length", async () => {
    const { secret } = await newToken();
    const head = `Authorization: Bearer ${secret}\r\n`;
    expect(statusIn(await raw(`GET /verify HTTP/1.0\r\n${head}\r\n`))).toBe(200);
    expect(statusIn(await raw(`GET /verify/../../etc/passwd HTTP/1.1\r\nHost: x\r\n${head}\r\n`))).toBe(200);
    expect(statusIn(await raw(`GET /../verify HTTP/1.1\r\nHost: x\r\n${head}\r\n`))).toBe(404);
    expect(statusIn(await raw(`POST /verify HTTP/1.1\r\nHost: x\r\n${head}\r\n`))).toBe(200);
    expect(
      statusIn(
        await raw(
          `POST /verify HTTP/1.1\r\nHost: x\r\n${head}Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n`,
        ),
      ),
    ).toBe(200);
  });

  it("pipelined requests are answered in their order", async () => {
    const { secret } = await newToken();
    const good = `GET /verify HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${secret}\r\n\r\n`;
    const bad = "GET /verify HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer nonsense\r\n\r\n";
    const last = "GET /end HTTP/1.1\r\nHost: x\r\n\r\n";
    const answers = await raw(good + bad + good + last, "HTTP/1.1 404");
    expect([...answers.matchAll(/HTTP\/1\.1 (\d+)/g)].map((match) => match[1])).toEqual([
      "200",
      "401",
      "200",
      "404",
    ]);
  });
});

describe("POST /introspect (RFC 7662)", () => {
  it("tells of a good token", async () => {
    const { secret, user } = await newToken("Editor", ["Data Engineering"]);
    const { status, body } = await introspect(secret, secret);
    expect(status).toBe(200);
    expect(body).toEqual({
      active: true,
      sub: user,
      username: user,
      token_type: "Bearer",
      iat: expect.any(Number),
      exp: expect.any(Number),
      role: "Editor",
      teams: ["Public", "Data Engineering"],
    });
    expect(body.exp - body.iat).toBeGreaterThan(86_390);
  });

  it("has no exp for a token that never expires", async () => {
    const asker = await newToken();
    const { bearer_token } = await issueToken(system(), {
      user_id: asker.userId,
      name: "n",
      expires_in_days: null,
      scim: false,
    });
    expect((await introspect(asker.secret, bearer_token)).body).not.toHaveProperty("exp");
  });

  it("says inactive and nothing else of any other", async () => {
    const asker = await newToken();
    const revoked = await newToken();
    await changeToken(system(), revoked.tokenId, { revoke: true });
    for (const token of [mintToken("svc"), "nonsense", revoked.secret, ""])
      expect(await introspect(asker.secret, token)).toEqual({ status: 200, body: { active: false } });
  });

  it("says so of a SCIM token too: it is good for SCIM alone (T10)", async () => {
    const [asker, scim] = [await newToken("Member"), await newToken("Admin", [], true)];
    expect((await introspect(asker.secret, scim.secret)).body).toEqual({ active: false });
    expect(await introspectToken(system(), scim.secret)).toEqual({ active: false });
  });

  it("takes no stranger, no SCIM token, no other form, no other method", async () => {
    const good = await newToken();
    const scim = await newToken("Admin", [], true);
    expect((await introspect(mintToken("svc"), good.secret)).status).toBe(401);
    expect((await introspect(scim.secret, good.secret)).status).toBe(403);
    const headers = { authorization: `Bearer ${good.secret}` };
    const json = await fetch(`${base}/introspect`, {
      method: "POST",
      headers: { ...headers, "content-type": "application/json" },
      body: "{}",
    });
    expect(json.status).toBe(400);
    for (const length of [20_000, 5_000_000]) {
      const body = new URLSearchParams({ token: "x".repeat(length) });
      expect((await fetch(`${base}/introspect`, { method: "POST", headers, body })).status).toBe(400);
    }
    const get = await fetch(`${base}/introspect?token=${good.secret}`, { headers });
    expect(get.status).toBe(405);
    expect(get.headers.get("allow")).toBe("POST");
  });
});

describe("changes are followed at once", () => {
  it("revoked and restored (T6)", async () => {
    const { secret, tokenId } = await newToken();
    expect(await statusOf(secret)).toBe(200);
    await changeToken(system(), tokenId, { revoke: true });
    await expect.poll(() => statusOf(secret), { interval: 5, timeout: 1_000 }).toBe(401);
    await changeToken(system(), tokenId, { revoke: false });
    await expect.poll(() => statusOf(secret), { interval: 5, timeout: 1_000 }).toBe(200);
  });

  it("deactivated and reactivated, role and teams of the account (A6)", async () => {
    const { secret, userId } = await newToken("Editor");
    expect(await statusOf(secret, "/verify?role=Editor")).toBe(200);
    await updateUser(system(), userId, { role: "Member" });
    await expect
      .poll(() => statusOf(secret, "/verify?role=Editor"), { interval: 5, timeout: 1_000 })
      .toBe(403);
    await updateUser(system(), userId, { teams: ["Data Engineering"] });
    await expect
      .poll(() => statusOf(secret, "/verify?team=Data%20Engineering"), { interval: 5, timeout: 1_000 })
      .toBe(200);
    await updateUser(system(), userId, { active: false });
    await expect.poll(() => statusOf(secret), { interval: 5, timeout: 1_000 }).toBe(401);
    await updateUser(system(), userId, { active: true });
    await expect.poll(() => statusOf(secret), { interval: 5, timeout: 1_000 }).toBe(200);
  });

  it("joining and leaving a team, its new name, its end; the end of the account (A6)", async () => {
    const { secret, userId } = await newToken("Editor");
    const team = await createTeam(system(), { name: "Joined Later", description: null });
    const teams = async () => (await verify(secret)).headers.get("x-latchkey-teams");
    const follows = (what: () => Promise<unknown>, becomes: unknown) =>
      expect.poll(what, { interval: 5, timeout: 1_000 }).toBe(becomes);
    expect(await teams()).toBe("Public");
    await changeTeamMembers(system(), team.id, { add: [userId], remove: [] });
    await follows(teams, "Public,Joined%20Later");
    await updateTeam(system(), team.id, { name: "Renamed" });
    await follows(teams, "Public,Renamed");
    await changeTeamMembers(system(), team.id, { add: [], remove: [userId] });
    await follows(teams, "Public");
    await changeTeamMembers(system(), team.id, { add: [userId], remove: [] });
    await follows(teams, "Public,Renamed");
    await deleteTeam(system(), team.id);
    await follows(teams, "Public");
    await deleteUser(system(), userId);
    await follows(() => statusOf(secret), 401);
  });

  it("reactivated, with one token revoked and one expired meanwhile: only the rest come back (A6)", async () => {
    const { secret, tokenId, userId } = await newToken();
    const issue = (name: string, expires_in_days: number) =>
      issueToken(system(), { user_id: userId, name, expires_in_days, scim: false });
    const [brief, lasting] = [await issue("brief", 1), await issue("lasting", 30)];
    expect(await statusOf(lasting.bearer_token)).toBe(200);
    await updateUser(system(), userId, { active: false });
    await changeToken(system(), tokenId, { revoke: true });
    await expect.poll(() => statusOf(lasting.bearer_token), { interval: 5, timeout: 1_000 }).toBe(401);
    now = () => Date.now() + days(2);
    await updateUser(system(), userId, { active: true });
    await expect.poll(() => statusOf(lasting.bearer_token), { interval: 5, timeout: 1_000 }).toBe(200);
    expect(await statusOf(secret)).toBe(401);
    expect(await statusOf(brief.bearer_token)).toBe(401);
  });

  it("all tokens of an account follow it, and no other's", async () => {
    const [first, other] = [await newToken("Editor"), await newToken("Editor")];
    const second = await issueToken(system(), {
      user_id: first.userId,
      name: "second",
      expires_in_days: 1,
      scim: false,
    });
    const roleOf = async (secret: string) => (await verify(secret)).headers.get("x-latchkey-role");
    const secrets = [first.secret, second.bearer_token];
    for (const secret of [...secrets, other.secret]) expect(await roleOf(secret)).toBe("Editor");
    await updateUser(system(), first.userId, { role: "Manager" });
    for (const secret of secrets)
      await expect.poll(() => roleOf(secret), { interval: 5, timeout: 1_000 }).toBe("Manager");
    const { queries } = gate.verifier.counts;
    expect(await roleOf(other.secret)).toBe("Editor");
    expect(gate.verifier.counts.queries).toBe(queries);
  });

  it("a team's change drops those in it", async () => {
    const { secret } = await newToken("Editor", ["Data Engineering"]);
    expect(await statusOf(secret)).toBe(200);
    const team = await db().query.teams.findFirst({
      where: (row, { eq: equals }) => equals(row.name, "Data Engineering"),
    });
    const before = gate.memory.size;
    await transaction((tx) => announce(tx, "team", team?.id ?? 0));
    await expect.poll(() => gate.memory.size, { interval: 5, timeout: 1_000 }).toBeLessThan(before);
    expect(await statusOf(secret)).toBe(200);
  });

  it("a token made elsewhere works at once, though it was refused before", async () => {
    const account = await service("Member");
    const given = mintToken("svc");
    expect(await statusOf(given)).toBe(401);
    const owner = { id: account.user.id ?? 0, name: account.user.name, userType: "Service" as const };
    await transaction((tx) =>
      insertToken(tx, system(), owner, { name: "given", expires_in_days: null, scim: false }, { given }),
    );
    await expect.poll(() => statusOf(given), { interval: 5, timeout: 1_000 }).toBe(200);
  });

  it("a clock that is set back makes no proof last longer, and none shorter", async () => {
    const { secret } = await newToken();
    expect(await statusOf(secret)).toBe(200);
    now = () => Date.now() - days(1);
    const { secret: another } = await newToken();
    for (const good of [secret, another]) expect(await statusOf(good)).toBe(200);
    const asked = gate.verifier.counts.queries;
    for (const good of [secret, another]) expect(await statusOf(good)).toBe(200);
    expect(gate.verifier.counts.queries).toBe(asked);
  });

  it("expiry and the end of an overlap need no message", async () => {
    const { secret, tokenId } = await newToken();
    expect(await statusOf(secret)).toBe(200);
    const start = Date.now();
    now = () => start + days(1) - 2_000;
    // The feed's proof is as old as the clock was moved: keep it fresh by asking the database.
    expect(await statusOf(secret)).toBe(200);
    now = () => start + days(1) + 1_000;
    expect(await statusOf(secret)).toBe(401);

    now = () => Date.now();
    const rotated = await newToken();
    const retiresAt = Date.now() + 60_000;
    await db()
      .update(tokens)
      .set({ retiresAt: new Date(retiresAt) })
      .where(eq(tokens.id, rotated.tokenId));
    expect(await statusOf(rotated.secret)).toBe(200);
    now = () => retiresAt;
    expect(await statusOf(rotated.secret)).toBe(401);
    expect(tokenId).toBeGreaterThan(0);
  });
});

it("a flood of strangers costs few queries, no memory, and no good entry", async () => {
  const { secret } = await newToken();
  expect(await statusOf(secret)).toBe(200);
  const [queries, known] = [gate.verifier.counts.queries, gate.memory.size];
  const [waves, wave] = [5, 20_000];
  const heap: number[] = [];
  for (let sent = 0; sent < waves; sent++) {
    const strangers = Array.from({ length: wave }, async () => gate.verifier.verify(mintToken("svc")));
    const verdicts = new Set((await Promise.all(strangers)).map(({ verdict }) => verdict));
    expect([...verdicts]).toEqual(["unknown"]);
    heap.push(heapUsed());
  }
  expect(gate.verifier.counts.queries - queries).toBeLessThanOrEqual((waves * wave) / 500 + waves);
  expect(gate.memory.size).toBe(known);
  // What the first wave left behind is all there will be.
  expect((heap.at(-1) ?? 0) - (heap[0] ?? 0)).toBeLessThan(4_000_000);
  const asked = gate.verifier.counts.queries;
  expect(await statusOf(secret)).toBe(200);
  expect(gate.verifier.counts.queries).toBe(asked);
}, 60_000);

/** Bytes in use once what is of no more use is gone. */
function heapUsed(): number {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  return process.memoryUsage().heapUsed;
}

it("last use and refused uses reach the row by the next flush (T8, T11)", async () => {
  const { secret, tokenId } = await newToken();
  await verify(secret);
  await changeToken(system(), tokenId, { revoke: true });
  await expect.poll(() => statusOf(secret), { interval: 5 }).toBe(401);
  await flushUses();
  const [row] = await db().select().from(tokens).where(eq(tokens.id, tokenId));
  expect(row).toMatchObject({ lastUsedIp: "127.0.0.1", refusedCount: expect.any(Number) });
  expect(row?.refusedCount).toBeGreaterThan(0);
});

it("to be asked about is a use, or a refused one (T8, T11)", async () => {
  const [asker, asked] = [await newToken(), await newToken()];
  await introspect(asker.secret, asked.secret);
  await changeToken(system(), asked.tokenId, { revoke: true });
  await expect
    .poll(async () => (await introspect(asker.secret, asked.secret)).body.active, { interval: 5 })
    .toBe(false);
  await flushUses();
  const [row] = await db().select().from(tokens).where(eq(tokens.id, asked.tokenId));
  expect(row?.lastUsedAt).not.toBeNull();
  expect(row?.refusedCount).toBeGreaterThan(0);
});

it("tells Prometheus", async () => {
  const text = await (await fetch(`${base}/metrics`)).text();
  expect(text).toMatch(/^latchkey_gate_requests_total\{outcome="allowed"\} \d+$/m);
  expect(text).toMatch(/^latchkey_gate_feed_proven 1$/m);
  expect(text).toMatch(/^latchkey_gate_known_tokens \d+$/m);
});

it("slow and idle connections harm nobody", async () => {
  const idle = await Promise.all(
    Array.from(
      { length: 500 },
      () =>
        new Promise<() => void>((resolve, reject) => {
          const sent = httpRequest(`${base}/introspect`, {
            method: "POST",
            headers: { "content-length": 10 },
          });
          sent.on("error", () => {});
          sent.on("socket", (socket) => socket.once("connect", () => resolve(() => sent.destroy())));
          sent.once("error", reject);
          sent.flushHeaders();
        }),
    ),
  );
  const { secret } = await newToken();
  expect(await statusOf(secret)).toBe(200);
  for (const close of idle) close();
});

it("a lost listening connection ends trust until another is proven", async () => {
  const { secret, tokenId } = await newToken();
  expect(await statusOf(secret)).toBe(200);
  const client = new Client({ connectionString: String(pool().options.connectionString) });
  await client.connect();
  await client.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'latchkey gate feed'",
  );
  // A change that nobody announced is what a missed announcement looks like.
  await client.query("update tokens set revoked_at = now() where id = $1", [tokenId]);
  await client.end();
  await expect.poll(() => statusOf(secret), { interval: 5, timeout: 2_000 }).toBe(401);
  await expect.poll(() => gate.feed.isProven(), { timeout: 5_000 }).toBe(true);
});
