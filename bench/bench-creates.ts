import { performance } from "node:perf_hooks";
import type { Pool } from "pg";
import { apiClient, expectStatus, type Send } from "@/bench/api-client";
import { median } from "@/bench/figures";
import { startServer } from "@/bench/servers";
import { inSetting, openPool, say } from "@/bench/setting";
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

await inSetting(async (setting) => {
  const token = mintToken("svc");
  await startServer(setting, port, token);
  const pool = openPool(setting.database.url, connections);
  try {
    await measure(pool, token);
  } finally {
    await pool.end();
  }
});

async function measure(pool: Pool, token: string): Promise<void> {
  const send = apiClient({ port, token, connections });
  let made = 0;
  const throughApi = () => createThroughApi(send, `Bench account ${++made}`);
  const bareRows = () => writeBareRows(pool, `bare_${++made}`);
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
    say(
      name.padEnd(34) +
        [Math.min(...values), median(values), Math.max(...values)]
          .map((value) => value.toFixed(digits).padStart(9))
          .join(""),
    );
  say(
    `${`${rounds} rounds of ${roundMs / 1000} s, ${connections} connections`.padEnd(34)}      min   median      max`,
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

async function createThroughApi(send: Send, name: string): Promise<void> {
  const token = { name: "first", expires_in_days: 90 };
  expectStatus(201, await send("POST", "/api/users", { name, role: "Member", token }));
}

async function writeBareRows(pool: Pool, name: string): Promise<void> {
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
