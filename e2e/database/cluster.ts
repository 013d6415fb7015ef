import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Client } from "pg";
import { startEmbeddedDatabase } from "@/db/embedded/database";
import { migrate } from "@/db/migrate";

const clusterVariable = "LATCHKEY_TEST_CLUSTER";
const template = "latchkey_template";

/** A database of one test file's own, already migrated. */
export interface TestDatabase {
  url: string;
  drop(): Promise<void>;
}

/**
 * Starts the one PostgreSQL of a test run, with a migrated template to copy. Test processes find it by an environment
 * variable that they inherit.
 * @returns how to stop it and remove its data
 */
export async function startTestCluster(): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(path.join(tmpdir(), "latchkey-test-"));
  await chmod(dataDir, 0o755);
  const { superuserUrl, stop } = await startEmbeddedDatabase({ dataDir, report: () => {} });
  process.env[clusterVariable] = superuserUrl;
  // Nothing here is to survive a crash, and a slow disk would make every test wait for it.
  for (const setting of ["fsync", "synchronous_commit", "full_page_writes"])
    await statement(`alter system set ${setting} = off`);
  await statement("select pg_reload_conf()");
  await statement(`create database ${template}`);
  await migrate(databaseUrl(template));
  return async () => {
    await stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}

/** Copies the template; takes about as long as copying its files. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString("hex")}`;
  await statement(`create database ${name} template ${template} strategy file_copy`);
  return {
    url: databaseUrl(name),
    drop: () => statement(`drop database ${name} with (force)`),
  };
}

/**
 * The address of a database for a server whose test isn't about losing it: a stalled machine takes longer to answer than
 * Latchkey usually waits, and each of its answers would count as a lost database.
 */
export function patiently(url: string): string {
  const patient = new URL(url);
  patient.searchParams.set("connect_timeout", "60");
  patient.searchParams.set("query_timeout", "60000");
  return patient.toString();
}

function databaseUrl(name: string): string {
  const url = new URL(clusterUrl());
  url.pathname = `/${name}`;
  return url.toString();
}

async function statement(text: string): Promise<void> {
  const client = new Client({ connectionString: clusterUrl() });
  await client.connect();
  try {
    // Two files may copy the template at once, which PostgreSQL refuses: they take turns.
    await client.query("select pg_advisory_lock(7135900)");
    await client.query(text);
  } finally {
    await client.end();
  }
}

function clusterUrl(): string {
  const url = process.env[clusterVariable];
  if (!url) throw new Error(`${clusterVariable} is not set: the run's global set-up starts the cluster.`);
  return url;
}
