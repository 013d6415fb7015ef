import { and, eq, lt, sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { db, type Transaction, transaction } from "@/db/client";
import { tokenRecency, tokens } from "@/db/schema";
import { fill, openTestInstance, service, system } from "@/e2e/database/instance";
import { idsOfAllPages } from "@/e2e/database/pages";
import { plansOfPages } from "@/e2e/database/plans";
import { days, hours, minutes, setClock } from "@/lib/clock";
import { listTokens } from "@/lib/tokens/contract";
import { findTokens } from "@/lib/tokens/find-tokens";
import { issueToken } from "@/lib/tokens/issue-token";
import { writeUses } from "@/lib/tokens/write-uses";

openTestInstance();

const start = new Date("2026-03-01T12:00:00Z");
const moment = (ms: number) => new Date(start.getTime() + ms);

let account: number;

/* Used in three steps of ten minutes, several at the same moment, every third never; not in the order of their ids. */
const used = (n: number) => (n % 3 === 0 ? null : moment(minutes((n * 7) % 5) * 5));

beforeAll(async () => {
  account = await idOfService();
  for (let n = 1; n <= 21; n++) await insert(account, `t${n}`, used(n));
  await fill(
    `insert into tokens (user_id, type, name, name_key, hash, last_four, created_at, expires_at, last_used_at)
     select ${await idOfService()}, case when n % 3 = 0 then 'Service' else 'Personal' end::token_type, 'n' || n, 'n' || n,
       sha256(n::text::bytea), 'abcd', now(), now() + n % 977 * interval '1 hour', now() - n % 1009 * interval '7 minutes'
     from generate_series(1, 20000) n`,
    "vacuum analyze",
  );
}, 60_000);

const idOfService = async () => (await service("Member")).user.id ?? 0;

async function insert(owner: number, name: string, lastUsedAt: Date | null): Promise<number> {
  const { id } = await issueToken(system(), { user_id: owner, name, expires_in_days: 90, scim: false });
  const expiresAt = lastUsedAt && new Date(lastUsedAt.getTime() + hours(24_000));
  await db().update(tokens).set({ lastUsedAt, expiresAt }).where(eq(tokens.id, id));
  return id;
}

const page = async (query: Record<string, string>) =>
  (await findTokens(system(), listTokens.query.parse({ owner: "all", type: "All", ...query }))).items;

const allPages = (query: Record<string, string>) => idsOfAllPages(page, query);

/** One sort of everything, with equal ones by number, and those without a date last. */
async function plainly(column: "last_used_at" | "expires_at", way: "asc" | "desc"): Promise<number[]> {
  const { rows } = await db().execute<{ id: string }>(
    sql.raw(
      `select id from tokens where user_id = ${account} order by ${column} ${way} nulls last, id ${way}`,
    ),
  );
  return rows.map(({ id }) => Number(id));
}

describe.each([
  ["last_used_at", "last_used_at", "asc"],
  ["-last_used_at", "last_used_at", "desc"],
  ["expiration", "expires_at", "asc"],
  ["-expiration", "expires_at", "desc"],
] as const)("in the order %s", (sort, column, way) => {
  it("pages leave nothing out and show nothing twice; those without a date come last", async () => {
    const wanted = await plainly(column, way);
    expect(wanted).toHaveLength(21);
    expect(await allPages({ sort, user_id: String(account) })).toEqual(wanted);
    expect(await allPages({ sort, user_id: String(account), type: "Service" })).toEqual(wanted);
  });

  it("a search has the same order", async () => {
    const wanted = await plainly(column, way);
    expect(await allPages({ sort, user_id: String(account), search: "t" })).toEqual(wanted);
  });

  it("a page past the end is empty", async () => {
    expect(await page({ sort, user_id: String(account), page: "9" })).toEqual([]);
  });
});

it.each(["last_used_at", "-last_used_at"])(
  "those never used are in the order of their numbers: %s",
  async (sort) => {
    const ids = await allPages({ sort, user_id: String(account), never_used: "true" });
    expect(ids).toHaveLength(7);
    expect(ids).toEqual([...ids].sort((a, b) => (sort === "last_used_at" ? a - b : b - a)));
  },
);

describe("the step that a token was last used in", () => {
  const stepOf = async (id: number) =>
    (await db().select().from(tokenRecency).where(eq(tokenRecency.tokenId, id)))[0]?.usedAround;
  const use = (tokenId: number, at: Date) =>
    writeUses([{ tokenId, outcome: "accepted", ip: null, userAgent: null, count: 1, at }]);

  /** How many rows this transaction, or what its connection did just before, has updated. */
  const updatesSoFar = async (tx: Transaction) => {
    const { rows } = await tx.execute<{ tokens: number; hot: number; steps: number }>(sql`
      select used.n_tup_upd::int as tokens, used.n_tup_hot_upd::int as hot, step.n_tup_upd::int as steps
      from pg_stat_xact_user_tables used, pg_stat_xact_user_tables step
      where used.relname = 'tokens' and step.relname = 'token_recency'`);
    return rows[0] ?? { tokens: 0, hot: 0, steps: 0 };
  };

  it("follows its uses, and goes with the token", async () => {
    const id = await insert(await idOfService(), "followed", null);
    expect(await stepOf(id)).toBeUndefined();
    await use(id, moment(minutes(14)));
    expect(await stepOf(id)).toEqual(moment(minutes(10)));
    await use(id, moment(minutes(19)));
    expect(await stepOf(id)).toEqual(moment(minutes(10)));
    await use(id, moment(minutes(20)));
    expect(await stepOf(id)).toEqual(moment(minutes(20)));
    // Told late: the last use is still the one before.
    await use(id, moment(minutes(11)));
    expect(await stepOf(id)).toEqual(moment(minutes(20)));
    await db().update(tokens).set({ lastUsedAt: null }).where(eq(tokens.id, id));
    expect(await stepOf(id)).toBeUndefined();
    await use(id, moment(minutes(30)));
    await db().delete(tokens).where(eq(tokens.id, id));
    expect(await stepOf(id)).toBeUndefined();
  });

  it("is there from the first for a token that comes with a use", async () => {
    const [row] = await db()
      .insert(tokens)
      .values({
        userId: account,
        type: "Service",
        name: "restored",
        nameKey: "restored",
        hash: Buffer.from("restored"),
        lastFour: "abcd",
        createdAt: start,
        lastUsedAt: moment(minutes(25)),
      })
      .returning({ id: tokens.id });
    expect(await stepOf(row?.id ?? 0)).toEqual(moment(minutes(20)));
    await db()
      .delete(tokens)
      .where(eq(tokens.id, row?.id ?? 0));
  });

  it.each([
    ["within the step", 9, 0],
    ["in the next one", 11, 1],
  ])("a use %s leaves the indexes of tokens alone", async (_, minute, steps) => {
    const id = await insert(await idOfService(), "hot", start);
    await transaction(async (tx) => {
      const before = await updatesSoFar(tx);
      await tx
        .update(tokens)
        .set({ lastUsedAt: moment(minutes(minute)) })
        .where(eq(tokens.id, id));
      const now = await updatesSoFar(tx);
      expect(now.tokens - before.tokens).toBe(1);
      expect(now.hot - before.hot).toBe(1);
      expect(now.steps - before.steps).toBe(steps);
    });
  });
});

it.each(["last_used_at", "-last_used_at"])("those unused for days: %s", async (sort) => {
  const restore = setClock(() => moment(days(1) + minutes(12)));
  try {
    const wanted = await db()
      .select({ id: tokens.id })
      .from(tokens)
      .where(and(eq(tokens.userId, account), lt(tokens.lastUsedAt, moment(minutes(12)))));
    await db()
      .update(tokens)
      .set({ createdAt: moment(-days(1)) })
      .where(eq(tokens.userId, account));
    const ids = await allPages({ sort, user_id: String(account), unused_for_days: "1" });
    // And the seven that never were.
    expect(ids).toHaveLength(wanted.length + 7);
    expect(ids).toEqual(expect.arrayContaining(wanted.map(({ id }) => id)));
    expect(wanted.length).toBeGreaterThan(0);
    expect(wanted.length).toBeLessThan(14);
  } finally {
    restore();
  }
});

it.each([
  ["last_used_at", "token_recency_used_around"],
  ["-last_used_at", "token_recency_used_around"],
  ["expiration", "tokens_expires_at"],
  ["-expiration", "tokens_expires_at"],
  ["name", "Index Only Scan using tokens_name"],
])(
  "the first page among very many in the order %s goes by %s, of all tokens and of one type",
  async (sort, index) => {
    for (const type of ["All", "Service"]) {
      const plans = await plansOfPages(() => page({ sort, type }));
      expect(plans).toHaveLength(1);
      expect(plans[0]).toContain(index);
      expect(plans[0]).not.toContain("Seq Scan");
    }
  },
);

describe.each([
  ["last_used_at", "asc"],
  ["-last_used_at", "desc"],
] as const)("far down the list of all, in the order %s", (sort, way) => {
  it.each([
    ["All", 2],
    ["All", 150],
    ["All", 200],
    ["All", 201],
    ["Service", 30],
    ["Service", 67],
    ["Personal", 133],
    ["Personal", 500],
  ])("of %s page %i is the same as by one sort of everything", async (type, number) => {
    const { rows } = await db().execute<{ id: string }>(
      sql.raw(
        `select id from tokens where '${type}' in ('All', type::text) order by last_used_at ${way} nulls last, id ${way} limit 100 offset ${100 * (number - 1)}`,
      ),
    );
    const items = await page({ sort, type, size: "100", page: String(number) });
    expect(items.map(({ id }) => id)).toEqual(rows.map(({ id }) => Number(id)));
  });

  it.each(["All", "Service"])(
    "of %s what stands before is passed over by the index of steps",
    async (type) => {
      const [plan = ""] = await plansOfPages(() => page({ sort, type, size: "100", page: "60" }));
      expect(plan).toContain("Index Only Scan");
      expect(plan).not.toContain(" on tokens");
    },
  );
});
