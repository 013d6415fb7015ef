import { eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { userRecency, users } from "@/db/schema";
import { fill, openTestInstance, service, system } from "@/e2e/database/instance";
import { idsOfAllPages } from "@/e2e/database/pages";
import { plansOfPages } from "@/e2e/database/plans";
import { minutes } from "@/lib/clock";
import { issueToken } from "@/lib/tokens/issue-token";
import { writeUses } from "@/lib/tokens/write-uses";
import { listUsers } from "@/lib/users/contract";
import { findUsers } from "@/lib/users/find-users";

openTestInstance();

const start = new Date("2026-03-01T12:00:00Z");
const moment = (ms: number) => new Date(start.getTime() + ms);

/* Seen in three steps of ten minutes, several at the same moment, every third never; not in the order of their ids. */
const seen = (n: number) => (n % 3 === 0 ? null : moment(minutes((n * 7) % 5) * 5));

beforeAll(async () => {
  for (let n = 1; n <= 21; n++) {
    const account = await service("Member");
    await db()
      .update(users)
      .set({ lastSeenAt: seen(n) })
      .where(eq(users.id, account.user.id ?? 0));
  }
  await fill(
    `insert into users (user_id, user_id_key, name, user_type, role, search_key, created_at, updated_at, last_seen_at)
     select 'n' || n, 'n' || n, 'n' || n, 'User', 'Member', 'n' || n, now(), now(), now() - n % 1009 * interval '7 minutes'
     from generate_series(1, 20000) n`,
    "vacuum analyze",
  );
}, 60_000);

const page = async (query: Record<string, string>) =>
  (await findUsers(system(), listUsers.query.parse(query))).items;

const allPages = (query: Record<string, string>) => idsOfAllPages(page, query);

describe.each([
  ["last_seen_at", "asc"],
  ["-last_seen_at", "desc"],
] as const)("in the order %s", (sort, way) => {
  it.each([
    ["the list", { user_type: "Service" }],
    ["a search", { user_type: "Service", search: "service" }],
  ])("%s leaves nothing out and shows nothing twice; who was never seen comes last", async (_, query) => {
    const { rows } = await db().execute<{ id: string }>(
      sql.raw(
        `select id from users where user_type = 'Service' order by last_seen_at ${way} nulls last, id ${way}`,
      ),
    );
    expect(rows.length).toBeGreaterThanOrEqual(21);
    expect(await allPages({ sort, ...query })).toEqual(rows.map(({ id }) => Number(id)));
  });
});

it("the step follows when an account is seen, and goes with it", async () => {
  const id = (await service("Member")).user.id ?? 0;
  const token = await issueToken(system(), { user_id: id, name: "t", expires_in_days: 1, scim: false });
  const step = async () =>
    (await db().select().from(userRecency).where(eq(userRecency.userId, id)))[0]?.seenAround;
  const use = (at: Date) =>
    writeUses([{ tokenId: token.id, outcome: "accepted", ip: null, userAgent: null, count: 1, at }]);
  expect(await step()).toBeUndefined();
  await use(moment(minutes(19)));
  expect(await step()).toEqual(moment(minutes(10)));
  await use(moment(minutes(20)));
  expect(await step()).toEqual(moment(minutes(20)));
  await db().delete(users).where(eq(users.id, id));
  expect(await step()).toBeUndefined();
});

it.each(["last_seen_at", "-last_seen_at"])(
  "the first page among very many in the order %s goes by index",
  async (sort) => {
    const plans = await plansOfPages(() => page({ sort }));
    expect(plans).toHaveLength(1);
    expect(plans[0]).toContain("user_recency_seen_around");
    expect(plans[0]).not.toContain("Seq Scan");
  },
);

describe.each([
  ["last_seen_at", "asc"],
  ["-last_seen_at", "desc"],
] as const)("far down the list of all, in the order %s", (sort, way) => {
  it.each([2, 60, 150, 200, 201, 202])("page %i is the same as by one sort of everything", async (number) => {
    const { rows } = await db().execute<{ id: string }>(
      sql.raw(
        `select id from users order by last_seen_at ${way} nulls last, id ${way} limit 100 offset ${100 * (number - 1)}`,
      ),
    );
    const items = await page({ sort, size: "100", page: String(number) });
    expect(items.map(({ id }) => id)).toEqual(rows.map(({ id }) => Number(id)));
  });

  it("what stands before is passed over by the index of steps alone", async () => {
    const [plan = ""] = await plansOfPages(() => page({ sort, size: "100", page: "150" }));
    expect(plan).toContain("Index Only Scan");
    expect(plan).not.toContain(" on users");
  });
});
