import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { Agent, get } from "node:http";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { api, bootstrapWith, issue, secret, verify } from "@/e2e/api/gate-steps";
import { createTestDatabase, patiently } from "@/e2e/database/cluster";
import { expect, startTestServer, test } from "@/e2e/fixtures";
import { freePort, gatePid, type ServerProcess, startServer } from "@/e2e/server-process";
import { mintToken } from "@/lib/tokens/format";

/* Several gates: instances on one database, workers on one port, and a pooler in between. */

test("two instances on one database: revoked on one while the other is being called", async () => {
  const [portA, portB] = [await freePort(), await freePort()];
  const { server, stop } = await startTestServer({ GATE_PORT: String(portA) });
  const second = await startServer({
    DATABASE_URL: patiently(server.databaseUrl),
    LATCHKEY_SECRET: server.secret,
    GATE_PORT: String(portB),
  });
  try {
    const revokedWithin = async () => {
      const token = await issue(server, server.token);
      await expect.poll(() => verify(portB, token.secret)).toBe(200);
      let firstNo = 0;
      const calls = (async () => {
        while (firstNo === 0) if ((await verify(portB, token.secret)) === 401) firstNo = Date.now();
      })();
      await api(server, server.token, "PUT", `/api/user-tokens/${token.id}`, { revoke: true });
      const answered = Date.now();
      await calls;
      expect(await verify(portA, token.secret)).toBe(401);
      return firstNo - answered;
    };
    // A machine that stalls takes longer once; a gate that isn't told does each time.
    await expect.poll(revokedWithin).toBeLessThan(1_000);
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
    await expect.poll(readyWorkers).toBe(2);
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
    await expect.poll(async () => new Set(await askAll()), { intervals: [5] }).toEqual(new Set([401]));
    // They were the same connections all the time, or some would have closed.
    expect(closed).not.toContain(true);

    const before = childrenOf(gatePid(server));
    expect(before).toHaveLength(2);
    process.kill(before[0] ?? 0, "SIGKILL");
    // Its connections go with it; the other worker's stay: both were asked above.
    await expect.poll(() => closed.filter((is) => is).length).toBeGreaterThan(0);
    expect(closed).toContain(false);
    expect(await verify(port, server.token)).toBe(200);
    await expect.poll(readyWorkers).toBe(3);
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
  await expect.poll(ready).toBe(2);
  await expect(async () => {
    for (const pid of workers()) process.kill(pid, "SIGKILL");
    // Whoever looks too late finds them started again.
    await expect.poll(() => workers().length, { intervals: [2], timeout: 500 }).toBe(0);
  }).toPass();
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
        DATABASE_URL: patiently(`postgresql://${direct.username}@127.0.0.1:${poolerPort}/${name}`),
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
      await expect.poll(() => verify(gatePort, first?.secret ?? ""), { intervals: [5] }).toBe(401);
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
