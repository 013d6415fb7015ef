import { spawn } from "node:child_process";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { performance } from "node:perf_hooks";
import { Pool } from "pg";
import { startEmbeddedDatabase } from "@/db/embedded/database";
import { mintToken } from "@/lib/tokens/format";

/*
 * npm run bench:creates: service accounts made per second through POST /api/users at 8 connections, beside the bare
 * rows of one such creation (account, token, audit entry, in one transaction) written by `pg` at 8 connections to the
 * same database, in turns.
 */

const connections = 8;
const rounds = 5;
const roundMs = 4_000;
const port = 4870;
const secret = "the secret of the benchmark, 32 bytes and more";

const folder = await mkdtemp(path.join(tmpdir(), "latchkey-bench-"));
await chmod(folder, 0o755);
const database = await startEmbeddedDatabase({ dataDir: folder, report: () => {} });
const token = mintToken("svc");
const bootstrap = path.join(folder, "bootstrap.json");
await writeFile(
  bootstrap,
  JSON.stringify({
    service_accounts: [
      { name: "Bench", role: "Admin", tokens: [{ name: "bench", expires_in_days: null, secret: token }] },
    ],
  }),
);
const server = spawn(process.execPath, ["dist/start.js"], {
  env: {
    PATH: process.env.PATH ?? "",
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
    PORT: String(port),
    GATE_PORT: "0",
    LOG_LEVEL: "warn",
    DATABASE_URL: database.url,
    LATCHKEY_SECRET: secret,
    BOOTSTRAP_FILE: bootstrap,
  },
  stdio: ["ignore", "ignore", "inherit"],
});
const pool = new Pool({ connectionString: database.url, max: connections });
try {
  await untilReady();
  await measure();
} finally {
  await pool.end();
  server.kill("SIGTERM");
  await new Promise((resolve) => server.once("exit", resolve));
  await database.stop();
  await rm(folder, { recursive: true, force: true });
}

async function measure(): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  let made = 0;
  const throughApi = () => createThroughApi(agent, `Bench account ${++made}`);
  const bareRows = () => writeBareRows(`bare_${++made}`);
  await perSecond(throughApi, 1_000);
  await perSecond(bareRows, 1_000);
  const api: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < rounds; round++) {
    api.push(await perSecond(throughApi, roundMs));
    bare.push(await perSecond(bareRows, roundMs));
  }
  const ratios = api.map((rate, round) => rate / (bare[round] ?? 1));
  const line = (name: string, values: number[], digits = 0) =>
    process.stdout.write(
      `${name.padEnd(34)}${[Math.min(...values), median(values), Math.max(...values)].map((value) => value.toFixed(digits).padStart(9)).join("")}\n`,
    );
  process.stdout.write(
    `${`${rounds} rounds of ${roundMs / 1000} s, ${connections} connections`.padEnd(34)}      min   median      max\n`,
  );
  line("POST /api/users with token, /s", api);
  line("the bare rows by pg, /s", bare);
  line("ratio", ratios, 3);
}

async function perSecond(work: () => Promise<void>, forMs: number): Promise<number> {
  const started = performance.now();
  let done = 0;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() - started < forMs) {
        await work();
        done++;
      }
    }),
  );
  return (done * 1000) / (performance.now() - started);
}

function createThroughApi(agent: Agent, name: string): Promise<void> {
  const body = JSON.stringify({ name, role: "Member", token: { name: "first", expires_in_days: 90 } });
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        agent,
        port,
        method: "POST",
        path: "/api/users",
        headers: {
          authorization: `Bearer ${token}`,
          "content-type": "application/json",
          "content-length": Buffer.byteLength(body),
        },
      },
      (response) => {
        response.resume();
        response.on("end", () =>
          response.statusCode === 201
            ? resolve()
            : reject(new Error(`${name}: answered ${response.statusCode}`)),
        );
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}

async function writeBareRows(name: string): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    const { rows } = await client.query<{ id: string }>(
      `insert into users (user_id, user_id_key, name, user_type, role, search_key, created_at, updated_at)
       values ($1 || '@service', $1 || '@service', $1, 'Service', 'Member', $1, now(), now()) returning id`,
      [name],
    );
    await client.query(
      `insert into tokens (user_id, type, name, name_key, hash, last_four, created_at)
       values ($1, 'Service', 'first', 'first', sha256($2::bytea), 'abcd', now())`,
      [rows[0]?.id, name],
    );
    await client.query(
      "insert into audit_events (at, action, target_name) values (now(), 'service_account.created', $1)",
      [name],
    );
    await client.query("commit");
  } finally {
    client.release();
  }
}

async function untilReady(): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    const answer = await fetch(`http://127.0.0.1:${port}/api/status`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("The server did not get ready.");
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
