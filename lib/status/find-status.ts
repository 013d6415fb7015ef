import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import packageJson from "@/package.json" with { type: "json" };

/** Health and version, for anybody. @throws what the database throws when it doesn't answer */
export async function findStatus(): Promise<{ status: "ok"; version: string }> {
  await db().execute(sql`select 1`);
  return { status: "ok", version: packageJson.version };
}
