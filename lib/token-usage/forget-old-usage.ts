import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { tokenUsage } from "@/db/schema";
import { days, now } from "@/lib/clock";
import { usageKeptDays } from "@/lib/token-usage/contract";

/** Few enough to be gone well within a statement's time. */
const rowsAtOnce = 5_000;

/** Forgets usage after 90 days, a few rows at a time. Called from time to time, by any instance. */
export async function forgetOldUsage(): Promise<void> {
  const before = new Date(now().getTime() - days(usageKeptDays));
  for (;;) {
    const { rowCount } = await db().execute(sql`
      delete from ${tokenUsage} where ctid = any (array(
        select ctid from ${tokenUsage} where ${tokenUsage.hour} < ${before} limit ${rowsAtOnce}
        for update skip locked))`);
    if ((rowCount ?? 0) < rowsAtOnce) return;
  }
}
