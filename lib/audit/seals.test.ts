import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import { Client } from "pg";
import { beforeEach, describe, expect, it } from "vitest";
import { db, pool, transaction } from "@/db/client";
import { auditEvents, auditSeals } from "@/db/schema";
import { openTestInstance, person, problemOf, system } from "@/e2e/database/instance";
import { exportEvents } from "@/lib/audit/export-events";
import { record } from "@/lib/audit/record";
import { entriesPerSeal, sealEntries } from "@/lib/audit/seal-entries";
import { sealedEntry } from "@/lib/audit/seal-format";
import { findHead } from "@/lib/audit/seals";
import { sealsPerCall, verifySeals } from "@/lib/audit/verify-seals";

openTestInstance();

const verify = (head?: { seal: number; hash: string }) => verifySeals(system(), { fromSeal: 1, head });
const head = () => findHead(system());
const recordOne = () =>
  transaction((tx) => record(tx, system(), "team.created", { after: { b: 1, a: { d: [2], c: "ü" } } }));

async function recordMany(count: number): Promise<void> {
  await db().execute(
    sql`insert into audit_events (at, action, after) select now(), 'team.created', jsonb_build_object('n', n) from generate_series(1, ${count}::int) n`,
  );
}

/** What only the database's owner can do: past the triggers that refuse it. */
async function tamper(statement: string): Promise<void> {
  await db().execute(sql.raw(`begin; set local session_replication_role = replica; ${statement}; commit`));
}

beforeEach(async () => {
  await tamper("delete from audit_events; delete from audit_seals");
  await recordMany(3);
  await recordOne();
});

async function someIds(): Promise<number[]> {
  return (await db().select({ id: auditEvents.id }).from(auditEvents).orderBy(auditEvents.id)).map(
    ({ id }) => id,
  );
}

/** Other tests' transactions on the same cluster may hold the frontier up for a moment. */
async function sealAll(): Promise<void> {
  await expect
    .poll(async () => {
      await sealEntries();
      return (await head()).unsealed;
    })
    .toBe(0);
}

describe("sealing", () => {
  it("covers what was recorded, once, in a chain of numbers without gaps", async () => {
    await sealAll();
    expect(await sealEntries()).toBe(0);
    await recordMany(entriesPerSeal * 2 + 1);
    expect((await head()).unsealed).toBe(entriesPerSeal * 2 + 1);
    await sealAll();
    expect(await head()).toMatchObject({ seal: 4, total: entriesPerSeal * 2 + 5, unsealed: 0 });
    expect(await verify()).toMatchObject({ intact: true, to_seal: 4, entries: entriesPerSeal * 2 + 5 });
  });

  it("waits for a transaction that holds a lower id, however long it stays open", async () => {
    const slow = await pool().connect();
    try {
      await slow.query("begin");
      const { rows } = await slow.query(
        "insert into audit_events (at, action) values (now(), 'team.created') returning id",
      );
      await recordMany(2);
      expect(await sealEntries()).toBe(0);
      await recordMany(2);
      expect(await sealEntries()).toBe(0);
      await slow.query("commit");
      await sealAll();
      const { to_id } = await head();
      expect(to_id).toBeGreaterThan(Number(rows[0].id));
      expect(await verify()).toMatchObject({ intact: true, entries: 9 });
    } finally {
      slow.release();
    }
  });

  it("waits also for one that took its id late in a long life", async () => {
    const slow = await pool().connect();
    try {
      await slow.query("begin");
      await slow.query("select pg_current_xact_id()");
      await recordMany(1);
      await slow.query("insert into audit_events (at, action) values (now(), 'team.created')");
      await recordMany(1);
      expect(await sealEntries()).toBe(0);
      await slow.query("commit");
      await sealAll();
      expect(await verify()).toMatchObject({ intact: true, entries: 7 });
    } finally {
      slow.release();
    }
  });

  it("takes ids that were rolled back for what they are", async () => {
    await transaction(async (tx) => {
      await record(tx, system(), "team.created");
      throw new Error("the change failed");
    }).catch(() => undefined);
    await recordOne();
    await sealAll();
    expect(await verify()).toMatchObject({ intact: true, entries: 5 });
  });

  it("rests on ids that are taken after the transaction's own number", async () => {
    const { rows } = await db().execute(
      sql`select column_default from information_schema.columns where table_name = 'audit_events' and column_name = 'id'`,
    );
    expect(rows[0]?.column_default).toMatch(/WHEN \(pg_current_xact_id\(\) IS NOT NULL\) THEN nextval/);
  });

  it("by many at once makes one chain, and fails for none of them", async () => {
    await recordMany(entriesPerSeal * 3);
    while ((await head()).unsealed > 0) await Promise.all(Array.from({ length: 8 }, sealEntries));
    expect(await head()).toMatchObject({ seal: 4, total: entriesPerSeal * 3 + 4, unsealed: 0 });
    expect(await verify()).toMatchObject({ intact: true, to_seal: 4 });
  });

  it("that ends in the middle is gone on with where it ended", async () => {
    await recordMany(entriesPerSeal * 3);
    await db().execute(sql.raw("alter table audit_seals add constraint until_two check (number <= 2)"));
    const ended = () =>
      sealEntries().then(
        () => "done",
        (error: Error) => String(error.cause),
      );
    await expect.poll(ended).toContain("until_two");
    await db().execute(sql.raw("alter table audit_seals drop constraint until_two"));
    expect((await head()).seal).toBe(2);
    await sealAll();
    expect(await verify()).toMatchObject({ intact: true, to_seal: 4, entries: entriesPerSeal * 3 + 4 });
  });

  it("makes seals that the database refuses to change", async () => {
    await sealAll();
    const refusal = await db()
      .update(auditSeals)
      .set({ total: 1 })
      .catch((error: Error) => String(error.cause));
    expect(refusal).toContain("audit_seals takes inserts only");
    await expect(db().delete(auditSeals)).rejects.toThrow();
    await expect(db().execute(sql`truncate audit_seals`)).rejects.toThrow();
  });
});

describe("an entry's digest", () => {
  it("is the same whatever the connection's time zone, and the order of keys when it was recorded", async () => {
    const elsewhere = new Client({ connectionString: urlOfPool(), options: "-c timezone=Asia/Kolkata" });
    await elsewhere.connect();
    try {
      const here = (await db().select().from(auditEvents).orderBy(auditEvents.id)).map(sealedEntry);
      const there = await drizzle(elsewhere).select().from(auditEvents).orderBy(auditEvents.id);
      expect(there.map(sealedEntry)).toEqual(here);
    } finally {
      await elsewhere.end();
    }
  });

  it("and the chain can be computed by anybody, from an export and docs/audit.md", async () => {
    await recordMany(entriesPerSeal);
    await sealAll();
    const { begin } = await exportEvents(system(), { action: "team.created" }, "ndjson");
    const parts: string[] = [];
    for await (const chunk of await begin()) parts.push(chunk);
    const lines = parts.join("").trimEnd().split("\n").reverse();

    const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
    const idOf = (line: string) => JSON.parse(line).id as number;
    let previous = "0".repeat(64);
    let total = 0;
    for (const { number, fromId, toId, sealedAt, hash } of await db()
      .select()
      .from(auditSeals)
      .orderBy(auditSeals.number)) {
      const covered = lines.filter((line) => idOf(line) >= fromId && idOf(line) <= toId);
      total += covered.length;
      const about = ["latchkey-audit-seal-v1", number, previous, fromId, toId, total, sealedAt.toISOString()];
      const text = [...about, ...covered.map((line) => `${idOf(line)} ${sha256(line)}`), ""].join("\n");
      expect(hash.toString("hex")).toBe(sha256(text));
      previous = hash.toString("hex");
    }
    expect(await head()).toMatchObject({ seal: 2, hash: previous, total });
  });
});

describe("verification names the first thing that was touched", () => {
  let ids: number[];
  beforeEach(async () => {
    await recordMany(entriesPerSeal);
    await sealAll();
    await recordMany(5);
    await sealAll();
    ids = await someIds();
  });

  const columns = [
    "at = at + interval '1 ms'",
    "action = 'token.created'",
    "actor_id = 1",
    "actor_user_id = 'x'",
    "actor_name = 'x'",
    "token_id = 1",
    "token_name = 'x'",
    "target_type = 'user'",
    "target_id = 1",
    "target_name = 'x'",
    "before = '{}'",
    "after = '{\"n\": 0}'",
    "ip = '192.0.2.1'",
    "user_agent = 'x'",
    "request_id = 'x'",
  ];
  it.each(columns)("an entry with %s", async (change) => {
    const id = ids[500] ?? 0;
    await tamper(`update audit_events set ${change} where id = ${id}`);
    expect(await verify()).toMatchObject({
      intact: false,
      fault: { kind: "entry_altered", entry_id: id, seal: 1 },
    });
  });

  it("a removed one, first or last of its seal", async () => {
    for (const id of [ids.at(-1), ids[entriesPerSeal], ids[entriesPerSeal - 1], ids[0]]) {
      await tamper(`delete from audit_events where id = ${id}`);
      expect((await verify()).fault).toMatchObject({ kind: "entry_removed", entry_id: id });
    }
  });

  it("an inserted one, at an id that a rollback left free", async () => {
    await transaction(async (tx) => {
      await record(tx, system(), "team.created");
      throw new Error("the change failed");
    }).catch(() => undefined);
    await recordMany(1);
    await sealAll();
    const free = Math.max(...(await someIds())) - 1;
    await db().execute(
      sql`insert into audit_events (id, at, action) values (${free}, now(), 'token.revoked')`,
    );
    expect((await verify()).fault).toMatchObject({ kind: "entry_inserted", entry_id: free });
  });

  it("one whose seal was altered to match, by the seal", async () => {
    await tamper(`update audit_events set action = 'nothing' where id = ${ids[0]}`);
    const [first] = await db().select().from(auditEvents).where(sql`id = ${ids[0]}`);
    const digest = first && sealedEntry(first).digest.toString("hex");
    await tamper(
      `update audit_seals set entries = overlay(entries placing decode('${digest}', 'hex') from 9) where number = 1`,
    );
    expect((await verify()).fault).toMatchObject({ kind: "seal_altered", seal: 1 });
  });

  it("a seal whose hash was replaced, by the next one that doesn't follow from it", async () => {
    await tamper("update audit_seals set hash = sha256('x') where number = 1");
    expect((await verify()).fault).toMatchObject({ kind: "seal_altered", seal: 1 });
  });

  it("a seal that was removed", async () => {
    await tamper("delete from audit_seals where number = 2");
    expect((await verify()).fault).toMatchObject({ kind: "seal_missing", seal: 2 });
  });

  it("a tail that was cut off, with the head that was kept; without it nothing shows", async () => {
    const kept = await head();
    await tamper(
      "delete from audit_seals where number = 3; delete from audit_events where id > (select max(to_id) from audit_seals)",
    );
    expect(await verify()).toMatchObject({ intact: true });
    expect(await verify(kept)).toMatchObject({ intact: false, fault: { kind: "tail_cut", seal: 3 } });
  });

  it("a chain that was made anew, with the head that was kept", async () => {
    const kept = await head();
    await tamper(
      `delete from audit_seals; update audit_events set actor_name = 'somebody else' where id = ${ids[3]}`,
    );
    await sealAll();
    expect(await verify()).toMatchObject({ intact: true });
    expect((await verify(kept)).fault?.kind).toMatch(/chain_replaced|tail_cut/);
  });

  it("and is content with the head of an intact chain that grew since", async () => {
    const kept = await head();
    await recordMany(5);
    await sealAll();
    expect(await verify(kept)).toMatchObject({ intact: true, fault: null });
  });
});

it("goes on from call to call, without gaps", async () => {
  for (let seal = 0; seal < sealsPerCall + 2; seal++) {
    await recordMany(1);
    await sealAll();
  }
  const first = await verify();
  expect(first).toMatchObject({ intact: true, to_seal: sealsPerCall, next_seal: sealsPerCall + 1 });
  const second = await verifySeals(system(), { fromSeal: sealsPerCall + 1 });
  expect(second).toMatchObject({ intact: true, to_seal: sealsPerCall + 2, next_seal: null });
  expect(first.entries + second.entries).toBe((await head()).total);
  expect(await verifySeals(system(), { fromSeal: 1_000 })).toMatchObject({
    intact: false,
    fault: { kind: "seal_missing", seal: 999 },
  });
});

it("of nothing at all is intact, and its head the beginning", async () => {
  await tamper("delete from audit_events");
  expect(await head()).toEqual({
    seal: 0,
    to_id: 0,
    total: 0,
    hash: "0".repeat(64),
    sealed_at: null,
    unsealed: 0,
  });
  expect(await verify()).toMatchObject({ intact: true, entries: 0, next_seal: null });
});

it("is for Admins", async () => {
  const manager = await person("Manager");
  expect(await problemOf(findHead(manager))).toMatchObject({ status: 403 });
  expect(await problemOf(verifySeals(manager, { fromSeal: 1 }))).toMatchObject({ status: 403 });
});

function urlOfPool(): string {
  return String(pool().options.connectionString);
}
