import { sql } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import { countAbout, countedAtMost } from "@/db/count-about";
import { rateLimits } from "@/db/schema";
import { fill, openTestInstance } from "@/e2e/database/instance";

openTestInstance();

const rows = 34_567;

beforeAll(() =>
  fill(
    `insert into rate_limits (key, points) select 'key ' || n, n from generate_series(1, ${rows}) n`,
    "analyze rate_limits",
  ),
);

it("counts as far as it takes no longer than a page", async () => {
  const some = (most: number) => sql`select from ${rateLimits} where ${rateLimits.points} <= ${most}`;
  expect(await countAbout(some(0))).toEqual({ total: 0, isEstimate: false });
  expect(await countAbout(some(countedAtMost))).toEqual({ total: countedAtMost, isEstimate: false });
});

it("estimates beyond that, in round figures, and says so", async () => {
  expect(await countAbout(sql`select from ${rateLimits}`)).toEqual({ total: 35_000, isEstimate: true });
});

it("never estimates less than what was counted", async () => {
  // Of the remainder of a number the statistics know nothing: they expect a handful.
  const odd = sql`select from ${rateLimits} where ${rateLimits.points} % 2 = 1`;
  expect(await countAbout(odd)).toEqual({ total: countedAtMost + 1, isEstimate: true });
});
