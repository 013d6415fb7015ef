import { asc, desc, like, sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { db, usualTimeouts } from "@/db/client";
import { countedAtMost } from "@/db/count-about";
import { readPage, readSearchedPage } from "@/db/list-page";
import { users } from "@/db/schema";
import { fill, openTestInstance } from "@/e2e/database/instance";

// With the time that a statement has in a server, since a search is to have more.
openTestInstance({ queryTimeoutMs: usualTimeouts.queryTimeoutMs });

const people = 12_000;

beforeAll(() =>
  fill(
    `insert into users (user_id, user_id_key, name, user_type, role, search_key, created_at, updated_at)
     select 'n' || n, 'n' || n, 'n' || n, 'User', 'Member', 'person ' || n, now() + n % 1000 * interval '1 s', now()
     from generate_series(1, ${people}) n`,
    "analyze users",
  ),
);

const order = { by: [desc(users.createdAt), asc(users.id)] };
const everything = { table: users, condition: undefined, order, size: 10 };
const having = (text: string) => {
  const condition = like(users.searchKey, `%${text}%`);
  return { ...everything, condition, matches: sql`select id, created_at from ${users} where ${condition}` };
};

async function plainly(text: string, page: number): Promise<number[]> {
  const rows = await db()
    .select({ id: users.id })
    .from(users)
    .where(like(users.searchKey, `%${text}%`))
    .orderBy(...order.by)
    .limit(10)
    .offset(10 * (page - 1));
  return rows.map(({ id }) => id);
}

describe("a page of a long list", () => {
  it("is the same as by one plain query, and its total about right", async () => {
    const { ids, total, isEstimate } = await readPage({ ...everything, page: 3 });
    expect(ids).toEqual(await plainly("", 3));
    expect({ total, isEstimate }).toEqual({ total: people, isEstimate: true });
  });

  it("past the end is empty", async () => {
    expect(await readPage({ ...everything, page: 5_000 })).toMatchObject({ ids: [] });
  });
});

describe("a search", () => {
  it.each([1, 2])("that finds some is counted to the last, page %i", async (page) => {
    expect(await readSearchedPage({ ...having("person 119"), page })).toEqual({
      ids: await plainly("person 119", page),
      total: 111,
      isEstimate: false,
    });
  });

  it("that no index serves may take longer than other statements", async () => {
    const condition = sql`search_key = 'person 7' and pg_sleep(1.5) is not null`;
    const matches = sql`select id, created_at from ${users} where ${condition}`;
    expect(await readSearchedPage({ ...everything, condition, matches, page: 1 })).toMatchObject({
      total: 1,
    });
  });

  it("that finds nothing finds nothing", async () => {
    expect(await readSearchedPage({ ...having("nobody"), page: 1 })).toEqual({
      ids: [],
      total: 0,
      isEstimate: false,
    });
  });

  it.each([1, 7])("that finds more than anybody counts gives the same rows, page %i", async (page) => {
    const found = await readSearchedPage({ ...having("person"), page });
    expect(found.ids).toEqual(await plainly("person", page));
    expect(found).toMatchObject({ isEstimate: true });
    expect(found.total).toBeGreaterThan(countedAtMost);
  });
});
