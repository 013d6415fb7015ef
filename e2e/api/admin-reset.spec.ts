import { execFile } from "node:child_process";
import { administrator, expect, type TestServer, test } from "@/e2e/fixtures";

/* npm run admin:reset, beside a server that runs: for when nobody can get in. */

test("it prints a link by which the person sets a new password, once", async ({ anonymous, server }) => {
  const { status, output } = await reset(server, administrator.email);
  expect(status).toBe(0);
  const code = /\/set-password#code=(\S+)/.exec(output)?.[1];
  const set = () =>
    anonymous.post("/api/password", {
      data: { code, password: administrator.password },
      headers: { origin: server.baseURL },
    });
  expect((await set()).status()).toBe(200);
  expect((await set()).status()).toBe(410);
});

test("for who signs in nowhere, or without anybody, it says so in one line", async ({ server }) => {
  expect(await reset(server, "nobody@example.com")).toEqual({
    status: 1,
    output: "Nobody signs in as nobody@example.com.\n",
  });
  expect(await reset(server)).toEqual({
    status: 1,
    output: "Say whose password: npm run admin:reset -- name@example.com\n",
  });
});

function reset(server: TestServer, ...args: string[]): Promise<{ status: number; output: string }> {
  const env = {
    PATH: process.env.PATH ?? "",
    NODE_ENV: "production" as const,
    DATABASE_URL: server.databaseUrl,
    LATCHKEY_SECRET: server.secret,
    LOG_LEVEL: "silent",
  };
  return new Promise((resolve) =>
    execFile(process.execPath, ["dist/admin-reset.js", ...args], { env }, (error, stdout, stderr) =>
      resolve({ status: error ? Number(error.code) : 0, output: stdout + stderr }),
    ),
  );
}
