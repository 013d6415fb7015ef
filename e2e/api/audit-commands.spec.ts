import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Client } from "pg";
import { expect, startTestServer, type TestServer, test } from "@/e2e/fixtures";

/* npm run audit:verify and audit:head, beside a server that runs. */

let server: TestServer;
let stop: () => Promise<void>;
let folder: string;

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "latchkey-audit-"));
  ({ server, stop } = await startTestServer());
});
test.afterAll(async () => {
  await stop?.();
  await rm(folder, { recursive: true, force: true });
});

test("a running server seals by itself; verify says so, names what was touched, and compares with a head", async ({
  request,
}) => {
  const authorization = `Bearer ${server.token}`;
  await expect
    .poll(async () => {
      const head = await request.get(`${server.baseURL}/api/audit-events/head`, {
        headers: { authorization },
      });
      return (await head.json()).total;
    })
    .toBeGreaterThan(3);

  const intact = await run("audit-verify");
  expect(intact).toMatchObject({
    status: 0,
    output: expect.stringMatching(/^Intact: \d+ entries under \d+ seals?,/),
  });

  const head = await run("audit-head");
  expect(JSON.parse(head.output)).toMatchObject({
    seal: expect.any(Number),
    hash: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  const file = path.join(folder, "head.json");
  await writeFile(file, head.output);
  expect(await run("audit-verify", "--head", file)).toMatchObject({
    status: 0,
    output: expect.stringContaining("the head that was kept is in the chain"),
  });

  await tamper("update audit_events set actor_name = 'somebody else' where id = 2");
  expect(await run("audit-verify")).toMatchObject({
    status: 1,
    output: expect.stringContaining("BROKEN at seal 1: Entry 2 was altered after it was sealed."),
  });
  const answer = await request.post(`${server.baseURL}/api/audit-events/verification`, {
    headers: { authorization },
    data: {},
  });
  expect(await answer.json()).toMatchObject({ intact: false, fault: { kind: "entry_altered", entry_id: 2 } });

  await tamper("delete from audit_events; delete from audit_seals");
  expect((await run("audit-verify")).status).toBe(0);
  expect(await run("audit-verify", "--head", file)).toMatchObject({
    status: 1,
    output: expect.stringContaining("its end was cut off"),
  });
});

test("what isn't a head is told, and nothing is verified", async () => {
  const file = path.join(folder, "other.json");
  await writeFile(file, '{"seal": 1}');
  for (const args of [
    ["--head", file],
    ["--head", path.join(folder, "nothing.json")],
    ["--head"],
    ["--tail"],
  ]) {
    const { status, errors, output } = await run("audit-verify", ...args);
    expect(status).toBe(2);
    expect(errors).toMatch(/^(--head: got|audit:verify takes)/);
    expect(output).toBe("");
  }
});

for (const [body, field] of [
  [{ from_seal: 0 }, "from_seal"],
  [{ from_seal: "1" }, "from_seal"],
  [{ head: { seal: 1, hash: "abc" } }, "head.hash"],
  [{ head: { hash: "0".repeat(64) } }, "head.seal"],
] as const)
  test(`a verification of ${JSON.stringify(body).slice(0, 40)} is 422 at ${field}`, async ({ request }) => {
    const answer = await request.post(`${server.baseURL}/api/audit-events/verification`, {
      headers: { authorization: `Bearer ${server.token}` },
      data: body,
    });
    expect(answer.status()).toBe(422);
    expect((await answer.json()).errors[0].field).toBe(field);
  });

function run(entry: string, ...args: string[]): Promise<{ status: number; output: string; errors: string }> {
  return new Promise((resolve) => {
    const environment = {
      NODE_ENV: "production" as const,
      PATH: process.env.PATH ?? "",
      DATABASE_URL: server.databaseUrl,
      LATCHKEY_SECRET: server.secret,
    };
    execFile(process.execPath, [`dist/${entry}.js`, ...args], { env: environment }, (error, output, errors) =>
      resolve({ status: Number(error?.code ?? 0), output, errors }),
    );
  });
}

/** As the database's owner could. */
async function tamper(statement: string): Promise<void> {
  const client = new Client({ connectionString: server.databaseUrl });
  await client.connect();
  try {
    await client.query("set session_replication_role = replica");
    await client.query(statement);
  } finally {
    await client.end();
  }
}
