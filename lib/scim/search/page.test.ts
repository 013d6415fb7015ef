import { sql } from "drizzle-orm";
import { expect, it, vi } from "vitest";
import { db, searching, usualTimeouts } from "@/db/client";
import { openTestInstance } from "@/e2e/database/instance";
import { pageOf } from "@/lib/scim/search/page";

// With the time that a statement has in a server, since a search is to have more.
openTestInstance({ queryTimeoutMs: usualTimeouts.queryTimeoutMs });

const rows = (count: number) => async () => Array.from({ length: count }, (_, n) => n);

it.each([
  ["the first page when it holds all", 1, 10, 3, 3, false],
  ["a later one that ends the list", 11, 10, 3, 13, false],
  ["a full one counts", 1, 3, 3, 99, true],
  ["one past the end counts", 11, 10, 0, 99, true],
  ["none at all counts", 1, 0, 0, 99, true],
] as const)("%s", async (_what, startIndex, count, found, total, counts) => {
  const counted = vi.fn(async () => 99);
  const source = { rows: rows(found), total: counted, isQuick: false, gone: undefined };
  const page = await pageOf({ startIndex, count }, source);
  expect(page).toMatchObject({ total, startIndex });
  expect(counted).toHaveBeenCalledTimes(counts ? 1 : 0);
});

it("a search may take longer than any other statement, and leaves its connection usable", async () => {
  const slow = sql`select pg_sleep(1.5)`;
  await expect(db().execute(slow)).rejects.toThrow();
  await searching((database) => database.execute(slow));
  await expect(searching((database) => database.execute(sql`select 1 / 0`))).rejects.toThrow();
  expect((await db().execute(sql`select 1 as one`)).rows).toEqual([{ one: 1 }]);
});
