import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { Client } from "pg";
import { apiClient, expectStatus, type Send } from "@/bench/api-client";
import { median, percentile } from "@/bench/figures";
import { type Measurement, measurements } from "@/bench/list-measurements";
import { seedLists } from "@/bench/seed-lists";
import { startServer } from "@/bench/servers";
import { connect, inSetting, type Setting, say } from "@/bench/setting";
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
const warmUps = 30;
const rounds = 60;

await inSetting(async (setting) => {
  await prepare(setting);
  const token = await keptToken(setting);
  await startServer(setting, port, token);
  await measureAll(setting, apiClient({ port, token, connections: 1 }));
}, options.data && path.resolve(options.data));

/** Seeds the database, unless it is so already. */
async function prepare({ database, folder }: Setting): Promise<void> {
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

/** The token that a kept database knows. */
async function keptToken({ folder }: Setting): Promise<string> {
  const file = path.join(folder, "token");
  const kept = await readFile(file, "utf8").catch(() => undefined);
  if (kept) return kept;
  const token = mintToken("svc");
  await writeFile(file, token, { mode: 0o600 });
  return token;
}

async function measureAll({ database }: Setting, send: Send): Promise<void> {
  const client = await connect(database.url);
  try {
    await untilSealed(send);
    const wanted = await measurements(client, send, users);
    const rows: string[][] = [];
    for (const measurement of wanted.filter(({ name }) => name.includes(options.only)))
      rows.push(await measure(measurement, client, send));
    print(rows);
  } finally {
    await client.end();
  }
}

/** The server seals what it finds bit by bit, beginning at its start; the first bit is waited for. */
async function untilSealed(send: Send): Promise<void> {
  const sealed = async () =>
    JSON.parse(expectStatus(200, await send("GET", "/api/audit-events/head"))).total as number;
  for (let before = -1, total = await sealed(); total !== before; ) {
    before = total;
    await pause(3_000);
    total = await sealed();
  }
}

async function measure({ name, path, bare }: Measurement, client: Client, send: Send): Promise<string[]> {
  const api: number[] = [];
  const beside: number[] = [];
  let total = "";
  for (let round = 0; round < warmUps + rounds; round++) {
    const asked = performance.now();
    const text = expectStatus(200, await send("GET", path));
    const answered = performance.now();
    await client.query({ name, ...bare });
    const bareMs = performance.now() - answered;
    if (round < warmUps) continue;
    api.push(answered - asked);
    beside.push(bareMs);
    const page = JSON.parse(text);
    if (page.total !== undefined)
      total = `${page.total_is_estimate ? "about " : ""}${page.total.toLocaleString("en")}`;
  }
  const line = [name, median(api), percentile(api, 0.95), median(beside), median(api) / median(beside)];
  return [...line.map((value) => (typeof value === "number" ? value.toFixed(1) : value)), total];
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
