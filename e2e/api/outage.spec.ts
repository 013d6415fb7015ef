import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type EmbeddedDatabase, startEmbeddedDatabase } from "@/db/embedded/database";
import { expect, test } from "@/e2e/fixtures";
import { freeze } from "@/e2e/processes";
import { type ServerProcess, startServer, writeBootstrapFile } from "@/e2e/server-process";
import { mintToken } from "@/lib/tokens/format";

/* The database, lost in the middle of use: an answer that says so, soon, and recovery without anybody's help. */

const token = mintToken("svc");
let folder: string;
let database: EmbeddedDatabase;
let server: ServerProcess;
let removeBootstrap: () => Promise<void>;

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "latchkey-outage-"));
  await chmod(folder, 0o755);
  database = await startEmbeddedDatabase({ dataDir: folder, report: () => {} });
  const bootstrap = await writeBootstrapFile({
    service_accounts: [
      { name: "Robot", role: "Admin", tokens: [{ name: "t", expires_in_days: null, secret: token }] },
    ],
  });
  removeBootstrap = bootstrap.remove;
  server = await startServer({
    DATABASE_URL: database.url,
    LATCHKEY_SECRET: "the secret of the outage test, 32 bytes and more",
    BOOTSTRAP_FILE: bootstrap.file,
  });
});

test.afterAll(async () => {
  await server?.stop();
  await database?.stop();
  await removeBootstrap?.();
  await rm(folder, { recursive: true, force: true });
});

async function ask(
  method: "GET" | "POST" = "GET",
  name = "",
): Promise<{ status: number; code?: string; ms: number }> {
  const started = Date.now();
  const answer = await fetch(`${server.baseURL}/api/users`, {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(method === "POST" ? { body: JSON.stringify({ name, role: "Member" }) } : {}),
  });
  const body = (await answer.json()) as { code?: string };
  return { status: answer.status, ...(body.code ? { code: body.code } : {}), ms: Date.now() - started };
}

/** This server isn't patient with its database: on a stalled machine some of its answers are 503 without an outage. */
const status = async () => (await ask()).status;

async function postmasterPid(): Promise<number> {
  return Number((await readFile(path.join(folder, "postgres", "postmaster.pid"), "utf8")).split("\n")[0]);
}

test("killed: 503 with a clear text, then it is back by itself", async () => {
  await expect.poll(status).toBe(200);
  process.kill(await postmasterPid(), "SIGKILL");
  const seen = new Set<number>();
  const during = async () => {
    const answer = await ask("POST", "During The Outage");
    seen.add(answer.status);
    return answer.status;
  };
  await expect.poll(during, { intervals: [20] }).toBeLessThan(500);
  expect([201, 409, 503]).toEqual(expect.arrayContaining([...seen]));
  await expect.poll(status).toBe(200);
});

test("frozen: 503 within two seconds for reads and writes, many at once too; then it goes on", async () => {
  const thaw = freeze(await postmasterPid());
  try {
    const slowest = async () => {
      const answers = await Promise.all([
        ask(),
        ask("POST", "Frozen"),
        ...Array.from({ length: 20 }, () => ask()),
      ]);
      for (const { status, code } of answers)
        expect({ status, code }).toEqual({ status: 503, code: "database_unavailable" });
      return Math.max(...answers.map(({ ms }) => ms));
    };
    // A machine that stalls takes longer once; a server that waits for its database does each time.
    await expect.poll(slowest).toBeLessThan(2_000);
    const page = await fetch(`${server.baseURL}/sign-in`);
    expect(await page.text()).not.toMatch(/at \w+ \(|node_modules|ECONN/);
  } finally {
    thaw();
  }
  await expect.poll(status).toBe(200);
  // One call makes it, whether its answer is in time or not; the next finds the name taken.
  await expect.poll(async () => (await ask("POST", "After The Thaw")).status).toBe(409);
});

test("the log tells it without the database's password", () => {
  expect(server.output()).toContain("database unavailable");
  expect(server.output()).not.toContain(new URL(database.url).password);
});
