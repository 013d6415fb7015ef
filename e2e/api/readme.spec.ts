import { execFile, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { expect, startTestServer, test } from "@/e2e/fixtures";

/* What the README tells a stranger to paste. */

const run = promisify(execFile);
const readme = readFileSync("README.md", "utf8");

test("the curl of the first call works as it is pasted", async () => {
  test.skip(spawnSync("curl", ["--version"]).status !== 0, "curl is not installed");
  // A server of its own: other tests make the published example's account, too.
  const { server, stop } = await startTestServer();
  const command = /```sh\n(curl -s [\s\S]*?)```/.exec(readme)?.[1] ?? "";
  const { stdout } = await run("/bin/sh", ["-c", command.replace("http://127.0.0.1:3000", server.baseURL)], {
    env: { PATH: process.env.PATH, NODE_ENV: "test", LATCHKEY_TOKEN: server.token },
  }).finally(stop);
  expect(JSON.parse(stdout)).toMatchObject({
    user_id: "api_access@service",
    teams: ["Public", "Data Engineering", "Data Quality"],
    token: { name: "api-production", bearer_token: expect.stringMatching(/^lk_svc_/) },
  });
});

test("every variable of the configuration stands in the README", () => {
  const code = readFileSync("lib/env.ts", "utf8");
  const names = new Set([...code.matchAll(/read\("([A-Z_]+)"/g)].map((match) => match[1] ?? ""));
  expect(names.size).toBeGreaterThan(10);
  for (const name of names) expect(readme).toContain(`\`${name}\``);
});
