import { performance } from "node:perf_hooks";
import type { Pool } from "pg";
import { apiClient, expectStatus } from "@/bench/api-client";
import { median, percentile } from "@/bench/figures";
import { seedPeople } from "@/bench/scim-people";
import { startServer } from "@/bench/servers";
import { inSetting, openPool, say } from "@/bench/setting";
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
const send = apiClient({ port, token, connections, mediaType: "application/scim+json" });
const core = "urn:ietf:params:scim:schemas:core:2.0:User";

await inSetting(async (setting) => {
  const { url } = setting.database;
  say(`${people.toLocaleString("en")} people, one group of ${groupSize.toLocaleString("en")}; seeding …`);
  const group = await seedPeople(url, people, groupSize);
  await startServer(setting, port, token, { scim: true });
  const pool = openPool(url, connections);
  try {
    await measureLookups(pool);
    await measureMembers(group);
    await measureSync(pool);
  } finally {
    await pool.end();
  }
});

/** One lookup at a time, each of another person: the time until the whole answer is there. */
async function measureLookups(pool: Pool): Promise<void> {
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
    const none = await timesOf(wanted, () => call(200, "GET", "/ServiceProviderConfig"));
    const found = await timesOf(wanted, async (n) => {
      const text = await call(200, "GET", `/Users?filter=${encodeURIComponent(filter(n))}`);
      const { totalResults } = JSON.parse(text) as { totalResults?: number };
      if (totalResults !== 1) throw new Error(`${filter(n)}: ${text}`);
    });
    table(label, ms(median(found)), ms(percentile(found, 0.99)), ms(median(none)), ms(median(bare)));
  }
}

/** A PATCH that adds one member, to the large group and to an empty one. */
async function measureMembers(group: number): Promise<void> {
  const created = await call(201, "POST", "/Groups", { displayName: "Small" });
  const small = Number((JSON.parse(created) as { id: string }).id);
  const newcomers = Array.from({ length: 200 }, (_, n) => people - n);
  const addTo = (id: number) => (member: number) =>
    call(204, "PATCH", `/Groups/${id}`, {
      schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
      Operations: [{ op: "add", path: "members", value: [{ value: String(member) }] }],
    });
  table("PATCH that adds one member", "p50 ms", "p99 ms", "", "ratio");
  const toSmall = await timesOf(newcomers, addTo(small));
  const toLarge = await timesOf(newcomers, addTo(group));
  table("to an empty group", ms(median(toSmall)), ms(percentile(toSmall, 0.99)), "", "");
  table(
    `to one of ${groupSize.toLocaleString("en")}`,
    ms(median(toLarge)),
    ms(percentile(toLarge, 0.99)),
    "",
    (median(toLarge) / median(toSmall)).toFixed(2),
  );
}

/** A first sync: people created one by one, at eight connections; the bare rows of as many, the same way. */
async function measureSync(pool: Pool): Promise<void> {
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
  const synced = await perSecond(syncSize, (n) => call(201, "POST", "/Users", personBody(n)));
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

async function timesOf(wanted: readonly number[], work: (n: number) => Promise<unknown>): Promise<number[]> {
  for (const n of wanted.slice(0, 20)) await work(n);
  const times: number[] = [];
  for (const n of wanted) {
    const started = performance.now();
    await work(n);
    times.push(performance.now() - started);
  }
  return times;
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

/** @returns the answer's text @throws when it has another status */
async function call(status: number, method: string, where: string, body?: unknown): Promise<string> {
  return expectStatus(status, await send(method, `/api/scim/v2${where}`, body));
}

function ms(value: number): string {
  return value.toFixed(2);
}

function table(label: string, ...figures: string[]): void {
  say(label.padEnd(36) + figures.map((figure) => figure.padStart(10)).join(""));
}
