import { type SQL, sql } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import { vi } from "vitest";
import { db } from "@/db/client";

/** How PostgreSQL would read the pages that `work` asks for: one plan each. */
export async function plansOfPages(work: () => Promise<unknown>): Promise<string[]> {
  const spy = vi.spyOn(db(), "execute");
  let asked: SQL[];
  try {
    await work();
    asked = spy.mock.calls.map(([query]) => query as SQL).filter(isOfPage);
  } finally {
    spy.mockRestore();
  }
  const plans: string[] = [];
  for (const query of asked) {
    const { rows } = await db().execute<{ "QUERY PLAN": string }>(sql`explain ${query}`);
    plans.push(rows.map((row) => row["QUERY PLAN"]).join("\n"));
  }
  return plans;
}

function isOfPage(query: SQL): boolean {
  return / limit .* offset /.test(new PgDialect().sqlToQuery(query).sql);
}
