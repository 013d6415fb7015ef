import { Client } from "pg";
import { afterAll, expect, test } from "vitest";
import { openPool, usualTimeouts } from "@/db/client";

const address = "postgresql://somebody@127.0.0.1:1/nothing";
const url = `${address}?connect_timeout=5&query_timeout=7000`;
const pool = openPool(url, () => {});
afterAll(() => pool.end());

test("the address may allow more time than usual: to connect, and for a statement", () => {
  expect(pool.options.connectionTimeoutMillis).toBe(5_000);
  const timeoutOf = (connectionString: string) => {
    const client = new Client({ connectionString, query_timeout: usualTimeouts.queryTimeoutMs });
    return Number(
      (client as unknown as { connectionParameters: { query_timeout: unknown } }).connectionParameters
        .query_timeout,
    );
  };
  expect(timeoutOf(url)).toBe(7_000);
  expect(timeoutOf(address)).toBe(usualTimeouts.queryTimeoutMs);
});
