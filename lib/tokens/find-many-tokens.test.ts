import { beforeAll, describe, expect, it } from "vitest";
import { countedAtMost } from "@/db/count-about";
import { fill, openTestInstance, service, system } from "@/e2e/database/instance";
import { listServiceTokens, tokenSorts } from "@/lib/tokens/contract";
import { findServiceTokens } from "@/lib/tokens/find-tokens";

openTestInstance();

const many = countedAtMost + 2_000;

beforeAll(async () => {
  const account = await service("Member");
  await fill(
    `insert into tokens (user_id, type, name, name_key, hash, last_four, created_at)
     select ${account.user.id}, 'Service', 'Nightly ' || n, 'nightly ' || n, sha256(n::text::bytea), 'abcd', now() + n * interval '1 s'
     from generate_series(1, ${many}) n`,
    "analyze tokens",
  );
});

const search = (query: Record<string, string>) =>
  findServiceTokens(system(), listServiceTokens.query.parse({ size: "5", ...query }));

describe("a search among very many tokens", () => {
  it.each([
    ["by name", "nightly", 1],
    ["by name, further on", "nightly", 3],
    ["by its account", "service", 1],
  ])("that finds nearly all of them, %s, gives a page in order and about how many", async (_, text, page) => {
    const found = await search({ search: text, page: String(page) });
    const first = many - 5 * (page - 1);
    expect(found.items.map(({ name }) => name)).toEqual([0, 1, 2, 3, 4].map((n) => `Nightly ${first - n}`));
    expect(found.total_is_estimate).toBe(true);
    expect(found.total).toBeGreaterThan(countedAtMost);
  });

  it.each(tokenSorts)("that finds some comes in the order asked for: %s", async (sort) => {
    const whole = await search({ sort, size: "100", search: "nightly 11" });
    expect(whole.items).toHaveLength(100);
    const again = await search({ sort, size: "100", page: "2", search: "nightly 11" });
    const ids = [...whole.items, ...again.items].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("that finds some counts each once, also where name and account match", async () => {
    const found = await search({ search: "nightly 119", sort: "name" });
    expect(found).toMatchObject({ total: 111, total_is_estimate: false });
    expect(found.items[0]?.name).toBe("Nightly 119");
  });
});
