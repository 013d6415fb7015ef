import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, startTestServer, type TestServer, test } from "@/e2e/fixtures";
import { freePort } from "@/e2e/server-process";

/* The configurations of docs/gate.md, as they stand there, on real reverse proxies before a real gate. */

interface Proxy {
  name: string;
  package: string;
  places: string[];
  /** The documented configuration, listening on `port`, made whole for a run in `folder`. */
  configure: (documented: string, port: number, folder: string) => string;
  arguments: (config: string, folder: string) => string[];
}

const proxies: Proxy[] = [
  {
    name: "nginx",
    package: "nginx-light",
    places: ["/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx"],
    configure(documented, port, folder) {
      const paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map((name) => `${name}_temp_path ${folder}/${name};`)
        .join("\n");
      const servers = documented.replace("127.0.0.1:8080", `127.0.0.1:${port}`);
      return `daemon off; pid ${folder}/pid; error_log ${folder}/error.log; events {} http { access_log off; ${paths}\n${servers}\n}`;
    },
    arguments: (config, folder) => ["-p", folder, "-c", config],
  },
  {
    name: "caddy",
    package: "caddy",
    places: ["/usr/bin/caddy", "/usr/local/bin/caddy"],
    configure: (documented, port) =>
      `{\n\tadmin off\n\tdefault_bind 127.0.0.1\n}\n${documented.replace(":8080", `:${port}`)}`,
    arguments: (config) => ["run", "--config", config, "--adapter", "caddyfile"],
  },
];

for (const proxy of proxies)
  test.describe(proxy.name, () => {
    const program = proxy.places.find((place) => existsSync(place));
    test.skip(
      program === undefined,
      `${proxy.name} is not installed (Debian: apt-get install ${proxy.package})`,
    );

    let folder: string;
    let running: ChildProcess;
    let upstream: Server;
    let seen: { headers: IncomingHttpHeaders; method?: string | undefined; body: string } | undefined;
    let server: TestServer;
    let stop: () => Promise<void>;
    let address: string;

    test.beforeAll(async () => {
      const gatePort = await freePort();
      const started = await startTestServer({ GATE_PORT: String(gatePort), TRUSTED_PROXIES: "127.0.0.1" });
      server = started.server;
      stop = started.stop;

      upstream = createServer(async (request, response) => {
        let body = "";
        for await (const chunk of request) body += chunk;
        seen = { headers: request.headers, method: request.method, body };
        response.end("from behind");
      });
      await new Promise<void>((resolve) => upstream.listen(0, "127.0.0.1", resolve));

      const port = await freePort();
      address = `http://127.0.0.1:${port}`;
      const documented = documentedFor(proxy.name)
        .replace("127.0.0.1:3001", `127.0.0.1:${gatePort}`)
        .replace("127.0.0.1:9000", `127.0.0.1:${(upstream.address() as AddressInfo).port}`);
      folder = await mkdtemp(path.join(tmpdir(), `latchkey-${proxy.name}-`));
      await chmod(folder, 0o755);
      const config = path.join(folder, "config");
      await writeFile(config, proxy.configure(documented, port, folder));
      running = spawn(program ?? "", proxy.arguments(config, folder), {
        stdio: "ignore",
        env: { PATH: process.env.PATH ?? "", HOME: folder, NODE_ENV: "production" },
      });
      const status = () =>
        fetch(address).then(
          (answer) => answer.status,
          () => 0,
        );
      await expect.poll(status).toBe(401);
    });

    test.afterAll(async () => {
      if (running?.exitCode === null) {
        const ended = new Promise((resolve) => running.once("exit", resolve));
        running.kill("SIGTERM");
        await ended;
      }
      upstream?.close();
      upstream?.closeAllConnections();
      await stop?.();
      if (folder) await rm(folder, { recursive: true, force: true });
    });

    const send = (headers: Record<string, string> = {}, init: RequestInit = {}) =>
      fetch(`${address}/orders/7?role=Admin`, { ...init, headers });

    test("lets a good token through, and tells the service who it is", async () => {
      const answer = await send({
        authorization: `Bearer ${server.token}`,
        "x-latchkey-role": "Forged",
        "x-latchkey-user": "mallory",
      });
      expect(answer.status).toBe(200);
      expect(await answer.text()).toBe("from behind");
      expect(seen?.headers).toMatchObject({
        "x-latchkey-user": "test_robot@service",
        "x-latchkey-user-type": "Service",
        "x-latchkey-role": "Admin",
        "x-latchkey-teams": "Public",
        "x-latchkey-token-id": expect.any(String),
      });
      expect(seen?.headers.authorization).toBeUndefined();
    });

    test("a request's method and body reach the service", async () => {
      const body = "x".repeat(100_000);
      const answer = await send({ authorization: `Bearer ${server.token}` }, { method: "PUT", body });
      expect(answer.status).toBe(200);
      expect(seen).toMatchObject({ method: "PUT", body });
    });

    test("lets nobody else through", async () => {
      seen = undefined;
      const headers: Record<string, string>[] = [
        {},
        { authorization: "Bearer nonsense" },
        { authorization: "Basic eDp5" },
        { "x-latchkey-user": "mallory", "x-latchkey-role": "Admin" },
      ];
      for (const sent of headers) expect((await send(sent)).status).toBe(401);
      expect(seen).toBeUndefined();
    });

    test("a token revoked over the API is refused at once", async () => {
      const api = (method: string, where: string, data?: unknown) =>
        fetch(`${server.baseURL}${where}`, {
          method,
          headers: { authorization: `Bearer ${server.token}`, "content-type": "application/json" },
          ...(data === undefined ? {} : { body: JSON.stringify(data) }),
        }).then((answer) => answer.json());
      const { token } = await api("POST", "/users", {
        name: `Behind ${proxy.name}`,
        role: "Member",
        token: { name: "t", expires_in_days: 1 },
      });
      const authorization = `Bearer ${token.bearer_token}`;
      expect((await send({ authorization })).status).toBe(200);
      await api("PUT", `/user-tokens/${token.id}`, { revoke: true });
      await expect
        .poll(() => send({ authorization }).then(({ status }) => status), { intervals: [5] })
        .toBe(401);
    });
  });

/** What the page shows for that proxy: its one block of that language. */
function documentedFor(language: string): string {
  const page = readFileSync("docs/gate.md", "utf8");
  const [, block] = new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(page) ?? [];
  if (!block) throw new Error(`docs/gate.md shows no configuration for ${language}.`);
  return block;
}
