import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { db } from "@/db/client";
import { openTestInstance } from "@/e2e/database/instance";
import { loggedError } from "@/lib/log";

openTestInstance();

it("a failed query is logged with its cause and without its parameters", async () => {
  const failure = await db()
    .execute(sql`select ${"a session that nobody may read"}::text from nowhere`)
    .catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(Error);
  const logged = JSON.stringify(loggedError(failure));
  expect(logged).toContain("from nowhere");
  expect(logged).toContain('relation \\"nowhere\\" does not exist');
  expect(logged).not.toContain("a session that nobody may read");
});

it("any other error is logged as it is", () => {
  expect(loggedError(new TypeError("no"))).toMatchObject({ type: "TypeError", message: "no" });
});
