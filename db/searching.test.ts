import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { pool, searching } from "@/db/client";
import { readPage } from "@/db/list-page";
import { users } from "@/db/schema";
import { openTestInstance, service } from "@/e2e/database/instance";

openTestInstance();

it("searches that take long leave connections for ordinary lists, and each gets its turn", async () => {
  const { user } = await service("Member");
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let begun = 0;
  const searches = Array.from({ length: pool().options.max * 2 }, (_, number) =>
    searching(async (database) => {
      await database.execute(sql`select 1`);
      begun++;
      await held;
      return number;
    }),
  );
  await expect.poll(() => begun).toBeGreaterThan(0);

  const list = { table: users, condition: undefined, order: { by: [sql`${users.id}`] }, size: 10, page: 1 };
  expect(await readPage(list)).toMatchObject({ ids: [user.id] });
  expect(begun).toBeLessThan(pool().options.max);

  letGo();
  expect(await Promise.all(searches)).toEqual(searches.map((_, number) => number));
});

it("a search that fails hands its turn on", async () => {
  const failures = Array.from({ length: pool().options.max * 2 }, () =>
    searching((database) => database.execute(sql`select 1 / 0`)),
  );
  for (const { status } of await Promise.allSettled(failures)) expect(status).toBe("rejected");
  expect(await searching((database) => database.execute(sql`select 1`))).toMatchObject({ rowCount: 1 });
});
