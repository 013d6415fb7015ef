import { type ChildProcess, spawn } from "node:child_process";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { Client } from "pg";
import { seedLists } from "@/bench/seed-lists";
import { median } from "@/bench/setting";
import { startEmbeddedDatabase } from "@/db/embedded/database";
import { migrate } from "@/db/migrate";
import { mintToken } from "@/lib/tokens/format";

/*
 * npm run bench:lists [-- --users 1000000 --entries 10000000 --data FOLDER]: how long the lists take over the API, warm,
 * one request after the other, beside a bare indexed query for the same rows by `pg` on the same database, in turns.
 * With --data the seeded database is kept, and found again the next time; --only users measures what is called so.
 */

const { values: options } = parseArgs({
  options: {
    users: { type: "string", default: "1000000" },
    entries: { type: "string", default: "10000000" },
    data: { type: "string" },
    only: { type: "string", default: "" },
  },
});
const users = Number(options.users);
const amounts = { users, tokens: users * 2, entries: Number(options.entries) };
const port = 4871;
const secret = "the secret of the benchmark, 32 bytes and more";
const warmUps = 30;
const rounds = 60;
const size = 25;
const deepPage = Math.min(4_000, Math.max(2, Math.floor(users / size / 10)));

interface Measurement {
  name: string;
  path: string;
  /** The rows of that page, or those that are looked for, by an index and nothing else. */
  bare: { text: string; values?: unknown[] };
}

const say = (line: string) => process.stdout.write(`${line}\n`);
const folder = options.data
  ? path.resolve(options.data)
  : await mkdtemp(path.join(tmpdir(), "latchkey-bench-"));
await mkdir(folder, { recursive: true });
await chmod(folder, 0o755);
const database = await startEmbeddedDatabase({ dataDir: folder, report: () => {} });
let server: ChildProcess | undefined;
try {
  await prepare();
  const token = await bootstrapToken();
  server = await startServer(token);
  await measureAll(token);
} finally {
  if (server) await end(server);
  await database.stop();
  if (!options.data) await rm(folder, { recursive: true, force: true });
}

/** Migrated and seeded, unless it is so already. */
async function prepare(): Promise<void> {
  await migrate(database.url);
  const seeded = path.join(folder, "seeded.json");
  const wanted = JSON.stringify(amounts);
  if ((await readFile(seeded, "utf8").catch(() => "")) === wanted) return;
  const started = performance.now();
  // As superuser: seeding goes past the triggers that would check each row.
  const url = new URL(database.superuserUrl);
  url.pathname = new URL(database.url).pathname;
  await seedLists(url.toString(), amounts, (line) => process.stderr.write(`  ${line}\n`));
  await writeFile(seeded, wanted);
  say(`Seeded in ${((performance.now() - started) / 1000).toFixed(0)} s.`);
}

async function bootstrapToken(): Promise<string> {
  const file = path.join(folder, "token");
  const kept = await readFile(file, "utf8").catch(() => undefined);
  if (kept) return kept;
  const token = mintToken("svc");
  await writeFile(file, token, { mode: 0o600 });
  return token;
}

async function startServer(token: string): Promise<ChildProcess> {
  const bootstrap = path.join(folder, "bootstrap.json");
  const account = {
    name: "Bench",
    role: "Admin",
    tokens: [{ name: "bench", expires_in_days: null, secret: token }],
  };
  await writeFile(bootstrap, JSON.stringify({ service_accounts: [account] }), { mode: 0o600 });
  const child = spawn(process.execPath, ["dist/start.js"], {
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
  for (let tries = 0; tries < 600; tries++) {
    const answer = await fetch(`http://127.0.0.1:${port}/api/status`).catch(() => undefined);
    if (answer?.ok) return child;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("The server did not get ready.");
}

async function measureAll(token: string): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const client = new Client({ connectionString: database.url });
  await client.connect();
  try {
    await untilSealed(agent, token);
    const rows: string[][] = [];
    const wanted = (await measurements(client, agent, token)).filter(({ name }) =>
      name.includes(options.only),
    );
    for (const measurement of wanted) rows.push(await measure(measurement, client, agent, token));
    print(rows);
  } finally {
    await client.end();
    agent.destroy();
  }
}

/** The server seals what it finds bit by bit, beginning at its start; the first bit is waited for. */
async function untilSealed(agent: Agent, token: string): Promise<void> {
  const sealed = async () =>
    JSON.parse((await get(agent, token, "/api/audit-events/head")).text).total as number;
  for (let before = -1, total = await sealed(); total !== before; ) {
    before = total;
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    total = await sealed();
  }
}

async function measurements(client: Client, agent: Agent, token: string): Promise<Measurement[]> {
  const newestFirst = "order by created_at desc, id desc";
  const byTime = "order by at desc, id desc";
  const [middle] = (
    await client.query(
      "select id, at from audit_events where at < now() - interval '365 days' order by at desc, id desc limit 1",
    )
  ).rows;
  const deepCursor = await cursorBefore(agent, token, middle.at);
  const search = (text: string): Measurement["bare"] => ({
    text: `select * from users where search_key like '%${text}%' ${newestFirst} limit ${size}`,
  });
  const audit = (name: string, query: string, condition: string): Measurement => ({
    name: `audit, ${name}`,
    path: `/api/audit-events?size=${size}&${query}`,
    bare: { text: `select * from audit_events where ${condition} ${byTime} limit ${size}` },
  });
  return [
    {
      name: "users, page 1",
      path: `/api/users?size=${size}`,
      bare: { text: `select * from users ${newestFirst} limit ${size}` },
    },
    {
      name: `users, page ${deepPage.toLocaleString("en")}`,
      path: `/api/users?size=${size}&page=${deepPage}`,
      bare: {
        text: `select * from users where id = any (array(select id from users ${newestFirst} limit ${size} offset ${size * (deepPage - 1)}))`,
      },
    },
    {
      name: "users, part of a name (frequent)",
      path: `/api/users?size=${size}&search=ovelac`,
      bare: search("ovelac"),
    },
    {
      name: "users, part of a name (rare)",
      path: `/api/users?size=${size}&search=a%20stroustrup`,
      bare: search("a stroustrup"),
    },
    {
      name: "users, part of a name (no match)",
      path: `/api/users?size=${size}&search=zeppelin`,
      bare: search("zeppelin"),
    },
    {
      name: "service tokens, page 1",
      path: `/api/user-tokens/service?size=${size}`,
      bare: { text: `select * from tokens where type = 'Service' ${newestFirst} limit ${size}` },
    },
    {
      name: "service tokens, part of a name (rare)",
      path: `/api/user-tokens/service?size=${size}&search=nightly-1234`,
      bare: {
        text: `select * from tokens where type = 'Service' and name_key like '%nightly-1234%' ${newestFirst} limit ${size}`,
      },
    },
    {
      name: "service tokens, part of a name (frequent)",
      path: `/api/user-tokens/service?size=${size}&search=production`,
      bare: {
        text: `select * from tokens where type = 'Service' and name_key || '' like '%production%' ${newestFirst} limit ${size}`,
      },
    },
    {
      name: "service tokens, still called",
      path: `/api/user-tokens/service?size=${size}&still_called=true`,
      bare: {
        text: "select * from tokens where last_refused_at > now() - interval '30 days' and type = 'Service' limit 25",
      },
    },
    {
      name: "service tokens, by name",
      path: `/api/user-tokens/service?size=${size}&sort=name`,
      bare: {
        text: `select * from tokens where type = 'Service' order by name_key collate "C", id limit ${size}`,
      },
    },
    {
      name: "service tokens, by last used",
      path: `/api/user-tokens/service?size=${size}&sort=-last_used_at`,
      bare: {
        text: `select tokens.* from token_recency join tokens on tokens.id = token_id and tokens.type = token_recency.type
          where tokens.type = 'Service' order by used_around desc, last_used_at desc, tokens.id desc limit ${size}`,
      },
    },
    {
      name: "service tokens, by expiration, last first",
      path: `/api/user-tokens/service?size=${size}&sort=-expiration`,
      bare: {
        text: `select * from tokens where type = 'Service' and expires_at is not null order by expires_at desc, id desc limit ${size}`,
      },
    },
    {
      name: "users, by last seen",
      path: `/api/users?size=${size}&sort=-last_seen_at`,
      bare: {
        text: `select users.* from user_recency join users on users.id = user_recency.user_id
          order by seen_around desc, last_seen_at desc, users.id desc limit ${size}`,
      },
    },
    {
      name: "users, by name",
      path: `/api/users?size=${size}&sort=name`,
      bare: { text: `select * from users order by lower(name) collate "C", id limit ${size}` },
    },
    audit("first page", "", "true"),
    {
      name: "audit, a page a year down",
      path: `/api/audit-events?size=${size}&cursor=${deepCursor}`,
      bare: {
        text: `select * from audit_events where (at, id) < ($1, $2) ${byTime} limit ${size}`,
        values: [middle.at, middle.id],
      },
    },
    audit("of an actor", "actor=automation_77@service", "actor_user_id = 'automation_77@service'"),
    audit("of an actor, by number", "actor=77", "actor_id = 77"),
    audit("of an account", "account=77", "actor_id = 77"),
    audit("of a token", "token_id=154", "token_id = 154"),
    audit("of an action", "action=token.rotated", "action = 'token.rotated'"),
    audit("of an action that is rare", "action=audit.exported", "action = 'audit.exported'"),
    audit("of a target", "target_type=user&target_id=4242", "target_type = 'user' and target_id = 4242"),
    audit("of an address", "ip=10.3.42.5", "ip = '10.3.42.5'"),
    audit(
      "of a request",
      "request_id=c81e728d-9d4c-2f63-6f06-7f89cc14862c",
      "request_id = 'c81e728d-9d4c-2f63-6f06-7f89cc14862c'",
    ),
    audit(
      "of a day a year ago",
      `since=${day(365)}&until=${day(364)}`,
      `at >= '${day(365)}' and at < '${day(364)}'`,
    ),
    audit(
      "of an actor, an action and a span",
      `actor=77&action=token.rotated&since=${day(600)}&until=${day(300)}`,
      `actor_id = 77 and action = 'token.rotated' and at >= '${day(600)}' and at < '${day(300)}'`,
    ),
  ];
}

/** A cursor that leads to what was before `moment`, and the filter that it belongs to: a page that ends there has it. */
async function cursorBefore(agent: Agent, token: string, moment: Date): Promise<string> {
  const path = `/api/audit-events?size=1&until=${new Date(moment.getTime() + 1_000).toISOString()}`;
  const { next_cursor } = JSON.parse((await get(agent, token, path)).text);
  return `${next_cursor}&until=${new Date(moment.getTime() + 1_000).toISOString()}`;
}

async function measure(
  { name, path, bare }: Measurement,
  client: Client,
  agent: Agent,
  token: string,
): Promise<string[]> {
  const api: number[] = [];
  const beside: number[] = [];
  let total = "";
  for (let round = 0; round < warmUps + rounds; round++) {
    const { text, ms } = await get(agent, token, path);
    const started = performance.now();
    await client.query({ name, ...bare });
    const bareMs = performance.now() - started;
    if (round < warmUps) continue;
    api.push(ms);
    beside.push(bareMs);
    const page = JSON.parse(text);
    if (page.total !== undefined)
      total = `${page.total_is_estimate ? "about " : ""}${page.total.toLocaleString("en")}`;
  }
  const line = [name, median(api), percentile(api, 0.95), median(beside), median(api) / median(beside)];
  return [...line.map((value) => (typeof value === "number" ? value.toFixed(1) : value)), total];
}

async function get(agent: Agent, token: string, path: string): Promise<{ text: string; ms: number }> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    request({ agent, port, path, headers: { authorization: `Bearer ${token}` } }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("end", () => {
        if (response.statusCode === 200) resolve({ text, ms: performance.now() - started });
        else reject(new Error(`${path}: answered ${response.statusCode}: ${text}`));
      });
    })
      .on("error", reject)
      .end();
  });
}

function print(rows: string[][]): void {
  const head = ["over the API, warm", "p50 ms", "p95 ms", "bare ms", "ratio", "total"];
  const counted = `${amounts.users.toLocaleString("en")} users, ${amounts.tokens.toLocaleString("en")} tokens, ${amounts.entries.toLocaleString("en")} audit entries`;
  say(`${counted}; ${rounds} requests each, one after the other`);
  for (const row of [head, ...rows])
    say(
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(44) : cell.padStart(column === 5 ? 17 : 9)))
        .join(""),
    );
}

function percentile(values: number[], part: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length * part)] ?? 0;
}

/** Midnight so many days ago. */
function day(ago: number): string {
  return `${new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10)}T00:00:00Z`;
}

async function end(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await ended;
}
