import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { db, transaction } from "@/db/client";
import { auditEvents } from "@/db/schema";
import { openTestInstance, system } from "@/e2e/database/instance";
import { record } from "@/lib/audit/record";

openTestInstance();

const refusalOf = (work: Promise<unknown>) =>
  work.then(
    () => "done",
    (error: Error) => String(error.cause),
  );

it("the database refuses UPDATE, DELETE and TRUNCATE of the audit", async () => {
  await transaction((tx) => record(tx, system(), "team.created"));
  expect(await refusalOf(db().update(auditEvents).set({ action: "nothing" }))).toContain("UPDATE refused");
  expect(await refusalOf(db().delete(auditEvents))).toContain("DELETE refused");
  expect(await refusalOf(db().execute(sql`truncate audit_events`))).toContain("TRUNCATE refused");
  expect(await db().$count(auditEvents)).toBe(1);
});

it("an entry is undone with the change it tells of", async () => {
  const before = await db().$count(auditEvents);
  await transaction(async (tx) => {
    await record(tx, system(), "team.created");
    throw new Error("the change failed");
  }).catch(() => undefined);
  expect(await db().$count(auditEvents)).toBe(before);
});
