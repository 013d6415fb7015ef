import { type ChildProcess, spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { Agent, request } from "node:http";
import path from "node:path";
import { performance } from "node:perf_hooks";
import { Pool } from "pg";
import { seedPeople } from "@/bench/scim-people";
import { end, median, openSetting, secret } from "@/bench/setting";
import { mintToken } from "@/lib/tokens/format";

/*
 * npm run bench:scim [-- PEOPLE]: SCIM over HTTP with a million people (or as many as are asked for) and a group of
 * 100,000. Beside the lookups stand the same server's answer without one (what the frame and the token cost) and a bare
 * indexed query by `pg` on the same database, in turns.
 */

const people = Number(process.argv[2] ?? 1_000_000);
const groupSize = Math.min(100_000, people / 2);
const syncSize = 10_000;
const connections = 8;
const lookups = 300;
const port = 4873;
const token = mintToken("scim");
const core = "urn:ietf:params:scim:schemas:core:2.0:User";

const setting = await openSetting(0);
const agent = new Agent({ keepAlive: true, maxSockets: connections });
const pool = new Pool({ connectionString: setting.database.url, max: connections });
let server: ChildProcess | undefined;
try {
  say(`${people.toLocaleString("en")} people, one group of ${groupSize.toLocaleString("en")}; seeding …`);
  const group = await seedPeople(setting.database.url, people, groupSize);
  server = await startServer();
  await measureLookups();
  await measureMembers(group);
  await measureSync();
} finally {
  await pool.end();
  if (server) await end(server);
  await setting.remove();
}

/** One lookup at a time, each of another person: the time until the whole answer is there. */
async function measureLookups(): Promise<void> {
  const wanted = Array.from({ length: lookups }, (_, n) => 1 + Math.floor((people / lookups) * n));
  const bareById = (n: number) =>
    pool.query("select * from users where user_id_key = $1", [`person${n}@example.com`]);
  table("lookup", "p50 ms", "p99 ms", "no lookup", "bare p50");
  for (const [label, filter] of [
    ["userName eq", (n: number) => `userName eq "Person${n}@example.com"`],
    ["externalId eq", (n: number) => `externalId eq "ext-${n}"`],
    ["emails.value eq", (n: number) => `emails.value eq "person${n}@example.com"`],
    [
      'emails[type eq "work"].value eq',
      (n: number) => `emails[type eq "work"].value eq "person${n}@example.com"`,
    ],
    ["id eq", (n: number) => `id eq "${n}"`],
    ["displayName eq", (n: number) => `displayName eq "Person ${n}"`],
  ] as const) {
    const bare = await timesOf(wanted, bareById);
    const none = await timesOf(wanted, () => call("GET", "/ServiceProviderConfig"));
    const found = await timesOf(wanted, async (n) => {
      const { status, body } = await call("GET", `/Users?filter=${encodeURIComponent(filter(n))}`);
      const total = (JSON.parse(body) as { totalResults?: number }).totalResults;
      if (status !== 200 || total !== 1) throw new Error(`${filter(n)}: ${status} ${body}`);
    });
    table(label, ms(at(found, 0.5)), ms(at(found, 0.99)), ms(at(none, 0.5)), ms(at(bare, 0.5)));
  }
}

/** A PATCH that adds one member, to the large group and to an empty one. */
async function measureMembers(group: number): Promise<void> {
  const { body } = await call("POST", "/Groups", { displayName: "Small" });
  const small = Number((JSON.parse(body) as { id: string }).id);
  const newcomers = Array.from({ length: 200 }, (_, n) => people - n);
  const addTo = (id: number) => (member: number) =>
    expecting(204, "PATCH", `/Groups/${id}`, {
      schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
      Operations: [{ op: "add", path: "members", value: [{ value: String(member) }] }],
    });
  table("PATCH that adds one member", "p50 ms", "p99 ms", "", "ratio");
  const toSmall = await timesOf(newcomers, addTo(small));
  const toLarge = await timesOf(newcomers, addTo(group));
  table("to an empty group", ms(at(toSmall, 0.5)), ms(at(toSmall, 0.99)), "", "");
  table(
    `to one of ${groupSize.toLocaleString("en")}`,
    ms(at(toLarge, 0.5)),
    ms(at(toLarge, 0.99)),
    "",
    (at(toLarge, 0.5) / at(toSmall, 0.5)).toFixed(2),
  );
}

/** A first sync: people created one by one, at eight connections; the bare rows of as many, the same way. */
async function measureSync(): Promise<void> {
  const bare = await perSecond(syncSize, (n) =>
    pool.query(
      `with person as (
         insert into users (user_id, user_id_key, name, user_type, role, search_key, created_at, updated_at)
         values ($1, $1, $1, 'User', 'Member', $1, now(), now()) returning id)
       insert into audit_events (at, action, target_type, target_id, target_name)
       select now(), 'user.created', 'user', id, $1 from person`,
      [`bare${n}@example.com`],
    ),
  );
  const synced = await perSecond(syncSize, (n) => expecting(201, "POST", "/Users", personBody(n)));
  table(`a sync of ${syncSize.toLocaleString("en")} creates`, "/s", "", "bare /s", "ratio");
  table(
    `POST /Users, ${connections} connections`,
    synced.toFixed(0),
    "",
    bare.toFixed(0),
    (synced / bare).toFixed(3),
  );
}

function personBody(n: number) {
  return {
    schemas: [core],
    userName: `synced${n}@example.com`,
    externalId: `synced-${n}`,
    name: { givenName: "Synced", familyName: String(n) },
    displayName: `Synced ${n}`,
    emails: [{ value: `synced${n}@example.com`, type: "work", primary: true }],
    active: true,
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": { department: `Department ${n % 40}` },
  };
}

async function startServer(): Promise<ChildProcess> {
  const bootstrap = path.join(setting.folder, "bootstrap.json");
  const tokens = [{ name: "bench", scim: true, expires_in_days: null, secret: token }];
  await writeFile(
    bootstrap,
    JSON.stringify({ service_accounts: [{ name: "Provider", role: "Admin", tokens }] }),
  );
  const child = spawn(process.execPath, ["dist/start.js"], {
    env: {
      PATH: process.env.PATH ?? "",
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
      PORT: String(port),
      GATE_PORT: "0",
      LOG_LEVEL: "warn",
      DATABASE_URL: setting.database.url,
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
  await end(child);
  throw new Error("The server did not get ready.");
}

async function timesOf(wanted: readonly number[], work: (n: number) => Promise<unknown>): Promise<number[]> {
  for (const n of wanted.slice(0, 20)) await work(n);
  const times: number[] = [];
  for (const n of wanted) {
    const started = performance.now();
    await work(n);
    times.push(performance.now() - started);
  }
  return times.sort((a, b) => a - b);
}

async function perSecond(count: number, work: (n: number) => Promise<unknown>): Promise<number> {
  const started = performance.now();
  let next = 0;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (next < count) await work(next++);
    }),
  );
  return (count * 1000) / (performance.now() - started);
}

async function expecting(status: number, method: string, where: string, body: unknown): Promise<void> {
  const answer = await call(method, where, body);
  if (answer.status !== status) throw new Error(`${method} ${where}: ${answer.status} ${answer.body}`);
}

function call(method: string, where: string, body?: unknown): Promise<{ status: number; body: string }> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        agent,
        port,
        method,
        path: `/api/scim/v2${where}`,
        headers: {
          authorization: `Bearer ${token}`,
          ...(text === undefined
            ? {}
            : { "content-type": "application/scim+json", "content-length": Buffer.byteLength(text) }),
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () =>
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString("utf8") }),
        );
      },
    );
    sent.on("error", reject);
    sent.end(text);
  });
}

function at(sorted: readonly number[], share: number): number {
  return share === 0.5 ? median([...sorted]) : (sorted[Math.floor(sorted.length * share)] ?? 0);
}

function ms(value: number): string {
  return value.toFixed(2);
}

function table(label: string, ...figures: string[]): void {
  say(label.padEnd(36) + figures.map((figure) => figure.padStart(10)).join(""));
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
