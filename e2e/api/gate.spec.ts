import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { Agent, get } from "node:http";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { type EmbeddedDatabase, startEmbeddedDatabase } from "@/db/embedded/database";
import { createTestDatabase } from "@/e2e/database/cluster";
import { expect, startTestServer, test } from "@/e2e/fixtures";
import { freePort, gatePid, type ServerProcess, startServer, writeBootstrapFile } from "@/e2e/server-process";
import { mintToken } from "@/lib/tokens/format";

/* The gate as it runs: a process beside the web, its death and its database's, several instances, a pooler in between. */

const secret = "the secret of the gate's tests, 32 bytes and more";

async function bootstrapWith(token: string) {
  return writeBootstrapFile({
    service_accounts: [
      { name: "Robot", role: "Admin", tokens: [{ name: "t", expires_in_days: null, secret: token }] },
    ],
  });
}

const verify = (port: number, token: string): Promise<number> =>
  fetch(`http://127.0.0.1:${port}/verify`, { headers: { authorization: `Bearer ${token}` } }).then(
    ({ status }) => status,
    () => 0,
  );

/** Settles when the gate hears of changes, and so keeps what it learns. */
async function hearing(port: number): Promise<void> {
  const proven = () =>
    fetch(`http://127.0.0.1:${port}/metrics`)
      .then((answer) => answer.text())
      .then((text) => text.includes("latchkey_gate_feed_proven 1"));
  await expect.poll(proven, { timeout: 10_000 }).toBe(true);
}

async function api(server: ServerProcess, token: string, method: string, where: string, data?: unknown) {
  const answer = await fetch(`${server.baseURL}${where}`, {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(data === undefined ? {} : { body: JSON.stringify(data) }),
  });
  const body = await answer.json();
  if (answer.status >= 400 && method !== "GET") throw new Error(JSON.stringify(body));
  return body;
}

async function issue(server: ServerProcess, admin: string) {
  const name = `Account ${Math.random().toString(36).slice(2)}`;
  const account = await api(server, admin, "POST", "/api/users", {
    name,
    role: "Member",
    token: { name: "t", expires_in_days: 1 },
  });
  return { id: account.token.id as number, secret: account.token.bearer_token as string };
}

test("kill -9 of the gate alone: the start brings it back", async () => {
  const port = await freePort();
  const { server, stop } = await startTestServer({ GATE_PORT: String(port) });
  try {
    await expect.poll(() => verify(port, server.token)).toBe(200);
    const before = gatePid(server);
    process.kill(before, "SIGKILL");
    await expect.poll(() => verify(port, server.token), { timeout: 15_000 }).toBe(200);
    expect(gatePid(server)).not.toBe(before);
  } finally {
    await stop();
  }
  expect(await verify(port, server.token)).toBe(0);
});

test("a gate whose start was killed ends by itself", async () => {
  const port = await freePort();
  const { server, stop } = await startTestServer({ GATE_PORT: String(port) });
  try {
    process.kill(server.pid, "SIGKILL");
    await expect.poll(() => verify(port, server.token), { timeout: 10_000 }).toBe(0);
  } finally {
    await stop();
  }
});

test("a taken port, or an address that isn't ours, stops the start with one line", async () => {
  const port = await freePort();
  const { server, stop } = await startTestServer({ GATE_PORT: String(port) });
  try {
    const beside = {
      DATABASE_URL: server.databaseUrl,
      LATCHKEY_SECRET: "the secret of the test servers, 32 bytes and more",
      GATE_PORT: String(port),
    };
    await expect(startServer(beside)).rejects.toThrow(
      `GATE_PORT: got ${port}, which something else listens on; takes a free port.`,
    );
    await expect(startServer({ ...beside, GATE_HOST: "203.0.113.9" })).rejects.toThrow(
      /GATE_HOST: got "203.0.113.9", which can't be listened on \(\w+\)/,
    );
  } finally {
    await stop();
  }
});

test.describe("with a database that dies", () => {
  let folder: string;
  let database: EmbeddedDatabase;
  test.beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "latchkey-gate-"));
    await chmod(folder, 0o755);
    database = await startEmbeddedDatabase({ dataDir: folder, report: () => {} });
  });
  test.afterAll(async () => {
    await database?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const postmaster = async () =>
    Number((await readFile(path.join(folder, "postgres", "postmaster.pid"), "utf8")).split("\n")[0]);

  test("kill -9 of PostgreSQL under load: no wrong yes, no wrong no, no crash", async () => {
    const admin = mintToken("svc");
    const bootstrap = await bootstrapWith(admin);
    const port = await freePort();
    const server = await startServer({
      DATABASE_URL: database.url,
      LATCHKEY_SECRET: secret,
      BOOTSTRAP_FILE: bootstrap.file,
      GATE_PORT: String(port),
    });
    try {
      const good = await issue(server, admin);
      const dead = await issue(server, admin);
      await api(server, admin, "PUT", `/api/user-tokens/${dead.id}`, { revoke: true });
      await hearing(port);
      expect(await verify(port, dead.secret)).toBe(401);
      expect(await verify(port, good.secret)).toBe(200);

      const seen = { good: new Set<number>(), dead: new Set<number>() };
      let asking = true;
      const load = Promise.all(
        Array.from({ length: 8 }, async () => {
          while (asking) {
            seen.good.add(await verify(port, good.secret));
            seen.dead.add(await verify(port, dead.secret));
          }
        }),
      );
      for (let kills = 0; kills < 3; kills++) {
        process.kill(await postmaster(), "SIGKILL");
        await expect
          .poll(() => api(server, admin, "GET", "/api/status").then(({ status }) => status), {
            timeout: 20_000,
          })
          .toBe("ok");
      }
      asking = false;
      await load;
      // The good one was known all the time, and the outage shorter than GATE_STALE_SECONDS.
      expect([...seen.good]).toEqual([200]);
      expect([...seen.dead]).toEqual([401]);
    } finally {
      await server.stop();
      await bootstrap.remove();
    }
  });

  test("what it knows is served for GATE_STALE_SECONDS and no longer; then it recovers", async () => {
    const known = await knownToken(database.url);
    const port = await freePort();
    const server = await startServer({
      DATABASE_URL: database.url,
      LATCHKEY_SECRET: secret,
      GATE_PORT: String(port),
      GATE_STALE_SECONDS: "2",
    });
    try {
      await hearing(port);
      expect(await verify(port, known)).toBe(200);
      // Frozen is what a half-open connection looks like.
      const parent = await postmaster();
      const children = (await readFile(`/proc/${parent}/task/${parent}/children`, "utf8"))
        .trim()
        .split(/\s+/)
        .map(Number);
      for (const pid of [parent, ...children]) process.kill(pid, "SIGSTOP");
      const frozenAt = Date.now();
      let lastYes = frozenAt;
      let unavailable = false;
      try {
        while (!unavailable && Date.now() - frozenAt < 15_000) {
          const status = await verify(port, known);
          if (status === 200) lastYes = Date.now();
          else expect(status).toBe(503);
          unavailable = status === 503;
        }
        expect(await verify(port, known)).toBe(503);
        expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(503);
      } finally {
        for (const pid of [...children, parent]) process.kill(pid, "SIGCONT");
      }
      expect(unavailable).toBe(true);
      // The last proof is at most a heartbeat old when the freeze begins; a question under way may take its time-out.
      expect(lastYes - frozenAt).toBeLessThanOrEqual(2_000 + 1_500);
      await expect.poll(() => verify(port, known), { timeout: 15_000 }).toBe(200);
    } finally {
      await server.stop();
    }
  });

  /** A token that this database knows, put there by the bootstrap file of a server that starts and stops. */
  async function knownToken(url: string): Promise<string> {
    const token = mintToken("svc");
    const bootstrap = await writeBootstrapFile({
      service_accounts: [
        {
          name: `Known ${Date.now()}`,
          role: "Member",
          tokens: [{ name: "t", expires_in_days: null, secret: token }],
        },
      ],
    });
    const server = await startServer({
      DATABASE_URL: url,
      LATCHKEY_SECRET: secret,
      BOOTSTRAP_FILE: bootstrap.file,
    });
    await server.stop();
    await bootstrap.remove();
    return token;
  }
});

test("two instances on one database: revoked on one while the other is being called", async () => {
  const [portA, portB] = [await freePort(), await freePort()];
  const { server, stop } = await startTestServer({ GATE_PORT: String(portA) });
  const second = await startServer({
    DATABASE_URL: server.databaseUrl,
    LATCHKEY_SECRET: "the secret of the test servers, 32 bytes and more",
    GATE_PORT: String(portB),
  });
  try {
    const token = await issue(server, server.token);
    await expect.poll(() => verify(portB, token.secret)).toBe(200);
    let asking = true;
    let firstNo = 0;
    const calls = (async () => {
      while (asking) if ((await verify(portB, token.secret)) === 401 && firstNo === 0) firstNo = Date.now();
    })();
    await api(server, server.token, "PUT", `/api/user-tokens/${token.id}`, { revoke: true });
    const answered = Date.now();
    await expect.poll(() => firstNo, { timeout: 2_000, intervals: [5] }).toBeGreaterThan(0);
    asking = false;
    await calls;
    expect(await verify(portA, token.secret)).toBe(401);
    expect(firstNo - answered).toBeLessThan(1_000);
  } finally {
    await second.stop();
    await stop();
  }
});

test("GATE_WORKERS=2: both see a revocation, and one that is killed is replaced", async () => {
  const port = await freePort();
  const { server, stop } = await startTestServer({ GATE_PORT: String(port), GATE_WORKERS: "2" });
  const connections = Array.from({ length: 8 }, () => new Agent({ keepAlive: true, maxSockets: 1 }));
  try {
    const readyWorkers = () => server.output().match(/the gate is ready/g)?.length ?? 0;
    await expect.poll(readyWorkers, { timeout: 15_000 }).toBe(2);
    const { id, secret: token } = await issue(server, server.token);
    const closed = connections.map(() => false);
    const heard = new WeakSet<Socket>();
    const askAll = () =>
      Promise.all(
        connections.map((agent, index) =>
          verifyOver(agent, port, token, (socket) => {
            if (heard.has(socket)) return;
            heard.add(socket);
            socket.once("close", () => {
              closed[index] = true;
            });
          }),
        ),
      );
    expect(new Set(await askAll())).toEqual(new Set([200]));
    await api(server, server.token, "PUT", `/api/user-tokens/${id}`, { revoke: true });
    await expect
      .poll(async () => new Set(await askAll()), { intervals: [5], timeout: 2_000 })
      .toEqual(new Set([401]));
    // They were the same connections all the time, or some would have closed.
    expect(closed).not.toContain(true);

    const before = childrenOf(gatePid(server));
    expect(before).toHaveLength(2);
    process.kill(before[0] ?? 0, "SIGKILL");
    // Its connections go with it; the other worker's stay: both were asked above.
    await expect.poll(() => closed.filter((is) => is).length).toBeGreaterThan(0);
    expect(closed).toContain(false);
    expect(await verify(port, server.token)).toBe(200);
    await expect.poll(readyWorkers, { timeout: 15_000 }).toBe(3);
    const after = childrenOf(gatePid(server));
    expect(after).toHaveLength(2);
    expect(after).toContain(before[1]);
    expect(after).not.toContain(before[0]);
    expect(new Set(await askAll())).toEqual(new Set([401]));
  } finally {
    for (const agent of connections) agent.destroy();
    await stop();
  }
  expect(await verify(port, server.token)).toBe(0);
});

test("GATE_WORKERS=2: stopped while both wait to be started again, it ends", async () => {
  const port = await freePort();
  const { server, stop } = await startTestServer({ GATE_PORT: String(port), GATE_WORKERS: "2" });
  const workers = () => childrenOf(gatePid(server));
  const ready = () => server.output().match(/the gate is ready/g)?.length ?? 0;
  await expect.poll(ready, { timeout: 15_000 }).toBe(2);
  for (const pid of workers()) process.kill(pid, "SIGKILL");
  await expect.poll(() => workers().length, { intervals: [2] }).toBe(0);
  await stop();
  expect(await verify(port, server.token)).toBe(0);
});

function verifyOver(agent: Agent, port: number, token: string, onSocket: (socket: Socket) => void) {
  return new Promise<number>((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}` };
    get({ agent, host: "127.0.0.1", port, path: "/verify", headers }, (answer) => {
      answer.resume();
      answer.on("end", () => resolve(answer.statusCode ?? 0));
    })
      .on("socket", onSocket)
      .on("error", reject);
  });
}

function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean).map(Number);
}

test.describe("through PgBouncer in transaction mode", () => {
  const pgbouncer = ["/usr/sbin/pgbouncer", "/usr/bin/pgbouncer"].find((place) => existsSync(place));
  test.skip(pgbouncer === undefined, "PgBouncer is not installed (Debian: apt-get install pgbouncer)");

  test("everything works, with DATABASE_LISTEN_URL direct", async () => {
    const database = await createTestDatabase();
    const direct = new URL(database.url);
    const poolerPort = await freePort();
    const folder = await mkdtemp(path.join(tmpdir(), "latchkey-pgbouncer-"));
    await chmod(folder, 0o755);
    const name = direct.pathname.slice(1);
    const config = `[databases]
${name} = host=127.0.0.1 port=${direct.port} dbname=${name} user=${direct.username} password=${direct.password}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${poolerPort}
unix_socket_dir =
auth_type = any
pool_mode = transaction
max_client_conn = 100
default_pool_size = 10
ignore_startup_parameters = extra_float_digits
`;
    await writeFile(path.join(folder, "pgbouncer.ini"), config, { mode: 0o644 });
    // It refuses to run as root.
    const user = process.getuid?.() === 0 ? ["-u", "nobody"] : [];
    const pooler: ChildProcess = spawn(pgbouncer ?? "", [...user, path.join(folder, "pgbouncer.ini")], {
      stdio: "ignore",
    });
    const admin = mintToken("svc");
    const bootstrap = await bootstrapWith(admin);
    const gatePort = await freePort();
    let server: ServerProcess | undefined;
    try {
      server = await startServer({
        DATABASE_URL: `postgresql://${direct.username}@127.0.0.1:${poolerPort}/${name}`,
        DATABASE_LISTEN_URL: database.url,
        LATCHKEY_SECRET: secret,
        BOOTSTRAP_FILE: bootstrap.file,
        GATE_PORT: String(gatePort),
      });
      const tokens = await Promise.all(
        Array.from({ length: 20 }, () => issue(server as ServerProcess, admin)),
      );
      for (const token of tokens) expect(await verify(gatePort, token.secret)).toBe(200);
      const [first] = tokens;
      await api(server, admin, "PUT", `/api/user-tokens/${first?.id}`, { revoke: true });
      await expect
        .poll(() => verify(gatePort, first?.secret ?? ""), { timeout: 1_000, intervals: [5] })
        .toBe(401);
    } finally {
      await server?.stop();
      const ended = new Promise((resolve) => pooler.once("exit", resolve));
      pooler.kill("SIGINT");
      await ended;
      await bootstrap.remove();
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    }
  });
});

test("ten thousand idle connections leave room for the next request", async () => {
  const port = await freePort();
  const { server, stop } = await startTestServer({ GATE_PORT: String(port) });
  const idle: Socket[] = [];
  try {
    for (let opened = 0; opened < 10_000; opened += 500)
      idle.push(...(await Promise.all(Array.from({ length: 500 }, () => opening(port)))));
    expect(idle).toHaveLength(10_000);
    expect(await verify(port, server.token)).toBe(200);
  } finally {
    for (const socket of idle) socket.destroy();
    await stop();
  }
});

function opening(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => resolve(socket));
    socket.on("error", reject);
  });
}
