import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, startTestServer, type TestServer, test } from "@/e2e/fixtures";
import { freePort } from "@/e2e/server-process";

/* The nginx configuration of docs/gate.md, as it stands there, on a real nginx before a real gate. */

const nginx = ["/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx"].find((place) =>
  existsSync(place),
);
test.skip(nginx === undefined, "nginx is not installed (Debian: apt-get install nginx-light)");

let folder: string;
let proxy: ChildProcess;
let upstream: Server;
let seen: IncomingHttpHeaders = {};
let server: TestServer;
let stop: () => Promise<void>;
let address: string;

test.beforeAll(async () => {
  const gatePort = await freePort();
  const started = await startTestServer({ GATE_PORT: String(gatePort), TRUSTED_PROXIES: "127.0.0.1" });
  server = started.server;
  stop = started.stop;

  upstream = createServer(({ headers }, response) => {
    seen = headers;
    response.end("from behind");
  });
  await new Promise<void>((resolve) => upstream.listen(0, "127.0.0.1", resolve));

  const port = await freePort();
  address = `http://127.0.0.1:${port}`;
  const documented = /```nginx\n([\s\S]*?)```/.exec(readFileSync("docs/gate.md", "utf8"))?.[1] ?? "";
  const configured = documented
    .replace("127.0.0.1:3001", `127.0.0.1:${gatePort}`)
    .replace("127.0.0.1:8080", `127.0.0.1:${port}`)
    .replace("127.0.0.1:9000", `127.0.0.1:${(upstream.address() as AddressInfo).port}`);
  folder = await mkdtemp(path.join(tmpdir(), "latchkey-nginx-"));
  await chmod(folder, 0o755);
  const paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((name) => `${name}_temp_path ${folder}/${name};`)
    .join("\n");
  await writeFile(
    path.join(folder, "nginx.conf"),
    `daemon off; pid ${folder}/pid; error_log ${folder}/error.log; events {} http { access_log off; ${paths}\n${configured}\n}`,
  );
  proxy = spawn(nginx ?? "", ["-p", folder, "-c", path.join(folder, "nginx.conf")], { stdio: "ignore" });
  await expect
    .poll(
      () =>
        fetch(address).then(
          ({ status }) => status,
          () => 0,
        ),
      { timeout: 10_000 },
    )
    .toBe(401);
});

test.afterAll(async () => {
  if (proxy?.exitCode === null) {
    const ended = new Promise((resolve) => proxy.once("exit", resolve));
    proxy.kill("SIGTERM");
    await ended;
  }
  upstream?.close();
  upstream?.closeAllConnections();
  await stop?.();
  if (folder) await rm(folder, { recursive: true, force: true });
});

const get = (headers: Record<string, string> = {}) => fetch(`${address}/orders/7?role=Admin`, { headers });

test("lets a good token through, and tells the service who it is", async () => {
  const answer = await get({
    authorization: `Bearer ${server.token}`,
    "x-latchkey-role": "Forged",
    "x-latchkey-user": "mallory",
  });
  expect(answer.status).toBe(200);
  expect(await answer.text()).toBe("from behind");
  expect(seen).toMatchObject({
    "x-latchkey-user": "test_robot@service",
    "x-latchkey-user-type": "Service",
    "x-latchkey-role": "Admin",
    "x-latchkey-teams": "Public",
    "x-latchkey-token-id": expect.any(String),
  });
  expect(seen.authorization).toBeUndefined();
});

test("lets nobody else through", async () => {
  seen = {};
  const headers: Record<string, string>[] = [
    {},
    { authorization: "Bearer nonsense" },
    { authorization: "Basic eDp5" },
  ];
  for (const sent of headers) expect((await get(sent)).status).toBe(401);
  expect(seen).toEqual({});
});

test("a token revoked over the API is refused at once", async () => {
  const api = (method: string, where: string, data?: unknown) =>
    fetch(`${server.baseURL}${where}`, {
      method,
      headers: { authorization: `Bearer ${server.token}`, "content-type": "application/json" },
      ...(data === undefined ? {} : { body: JSON.stringify(data) }),
    }).then((answer) => answer.json());
  const { token } = await api("POST", "/users", {
    name: "Behind Nginx",
    role: "Member",
    token: { name: "t", expires_in_days: 1 },
  });
  const authorization = `Bearer ${token.bearer_token}`;
  expect((await get({ authorization })).status).toBe(200);
  await api("PUT", `/user-tokens/${token.id}`, { revoke: true });
  await expect
    .poll(() => get({ authorization }).then(({ status }) => status), { intervals: [5], timeout: 1_000 })
    .toBe(401);
});
