import { type ChildProcess, fork, spawn } from "node:child_process";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Client } from "pg";
import { type EmbeddedDatabase, startEmbeddedDatabase } from "@/db/embedded/database";
import { migrate } from "@/db/migrate";
import { setInstanceSecret } from "@/lib/access/secret";
import { hashToken, mintToken } from "@/lib/tokens/format";

/** What a benchmark runs on: a database of its own with tokens in it, and the tokens. */
export interface Setting {
  database: EmbeddedDatabase;
  folder: string;
  tokens: string[];
  remove(): Promise<void>;
}

export const secret = "the secret of the benchmark, 32 bytes and more";
const accounts = 1_000;

/** A migrated database with `count` Service tokens of a thousand accounts in a few teams. */
export async function openSetting(count: number): Promise<Setting> {
  setInstanceSecret(secret);
  const folder = await mkdtemp(path.join(tmpdir(), "latchkey-bench-"));
  await chmod(folder, 0o755);
  const database = await startEmbeddedDatabase({ dataDir: folder, report: () => {} });
  await migrate(database.url);
  const tokens = Array.from({ length: count }, () => mintToken("svc"));
  await seed(database.url, tokens);
  return {
    database,
    folder,
    tokens,
    async remove() {
      await database.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The tokens in a file, a line each, for the load generator. */
export async function writeTokens({ folder, tokens }: Setting): Promise<string> {
  const file = path.join(folder, "tokens.txt");
  await writeFile(file, `${tokens.join("\n")}\n`, { mode: 0o600 });
  return file;
}

/** Starts the gate as `npm start` does, and waits until it is ready. */
export async function startGateOn(
  url: string,
  port: number,
  environment: Record<string, string> = {},
): Promise<ChildProcess> {
  const child = fork(path.resolve("dist/gate.js"), {
    env: {
      PATH: process.env.PATH ?? "",
      NODE_ENV: "production",
      LOG_LEVEL: "error",
      GATE_PORT: String(port),
      ...environment,
    },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  child.send({ databaseUrl: url, listenUrl: url, secret });
  await ready(child);
  return child;
}

/** Settles at its first message. @throws when it ends instead, or says nothing for 15 seconds */
export async function ready(child: ChildProcess): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const patience = setTimeout(() => reject(new Error("It did not get ready in 15 s.")), 15_000);
    child.once("message", () => {
      clearTimeout(patience);
      resolve();
    });
    child.once("exit", (code) => {
      clearTimeout(patience);
      reject(new Error(`It ended with ${code}.`));
    });
  });
}

export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await ended;
}

/** Runs a program to its end, of two minutes at most, and takes its standard output. */
export function outputOf(file: string, args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.resolve(`dist/${file}.js`), ...args], {
      stdio: ["ignore", "pipe", "inherit"],
      timeout: 120_000,
    });
    let text = "";
    child.stdout.on("data", (chunk: Buffer) => {
      text += chunk.toString();
    });
    child.on("close", (code, signal) =>
      code === 0 ? resolve(text) : reject(new Error(`${file} ended with ${signal ?? code}.`)),
    );
  });
}

/** Seconds of CPU that a process and those it runs have used so far. */
export async function cpuSeconds(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const children = (await readFile(`/proc/${pid}/task/${pid}/children`, "utf8")).split(" ").filter(Boolean);
  const theirs = await Promise.all(children.map((child) => cpuSeconds(Number(child))));
  return theirs.reduce((sum, seconds) => sum + seconds, (Number(fields[11]) + Number(fields[12])) / 100);
}

export function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** Accounts, teams, and a row for each of the tokens. */
export async function seed(url: string, tokens: string[]): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(
      `insert into users (user_id, user_id_key, name, user_type, role, search_key, created_at, updated_at)
       select 'account_' || n || '@service', 'account_' || n || '@service', 'Account ' || n, 'Service', 'Editor', 'account ' || n, now(), now()
       from generate_series(1, $1::int) n`,
      [accounts],
    );
    await client.query(
      "insert into teams (name, name_key, created_at, updated_at) select 'Team ' || n, 'team ' || n, now(), now() from generate_series(1, 10) n",
    );
    await client.query(
      `insert into team_members (user_id, team_id, position)
       select u.id, t.id, 0 from users u join teams t on t.name_key = 'team ' || (u.id % 10 + 1)`,
    );
    for (let from = 0; from < tokens.length; from += 10_000) {
      const part = tokens.slice(from, from + 10_000);
      await client.query(
        `insert into tokens (user_id, type, name, name_key, hash, last_four, created_at, expires_at)
         select (n % $3) + 1, 'Service', 'token ' || ($2 + n), 'token ' || ($2 + n), hash, 'abcd', now(), now() + interval '90 days'
         from unnest($1::bytea[]) with ordinality as given (hash, n)`,
        [part.map(hashToken), from, accounts],
      );
    }
    await client.query("analyze");
  } finally {
    await client.end();
  }
}
