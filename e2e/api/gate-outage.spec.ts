import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type EmbeddedDatabase, startEmbeddedDatabase } from "@/db/embedded/database";
import { api, bootstrapWith, hearing, issue, secret, verify } from "@/e2e/api/gate-steps";
import { patiently } from "@/e2e/database/cluster";
import { expect, test } from "@/e2e/fixtures";
import { freeze } from "@/e2e/processes";
import { freePort, startServer, writeBootstrapFile } from "@/e2e/server-process";
import { mintToken } from "@/lib/tokens/format";

/* The gate with a database that dies: what it goes on saying, for how long, and what it never says. */

test.describe("with a database that dies", () => {
  let folder: string;
  let database: EmbeddedDatabase;
  test.beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "latchkey-gate-"));
    await chmod(folder, 0o755);
    database = await startEmbeddedDatabase({ dataDir: folder, report: () => {} });
  });
  test.afterAll(async () => {
    await database?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const postmaster = async () =>
    Number((await readFile(path.join(folder, "postgres", "postmaster.pid"), "utf8")).split("\n")[0]);

  test("kill -9 of PostgreSQL under load: no wrong yes, no wrong no, no crash", async () => {
    const admin = mintToken("svc");
    const bootstrap = await bootstrapWith(admin);
    const port = await freePort();
    const server = await startServer({
      DATABASE_URL: patiently(database.url),
      LATCHKEY_SECRET: secret,
      BOOTSTRAP_FILE: bootstrap.file,
      GATE_PORT: String(port),
      // Longer than three recoveries take, however slow the machine is.
      GATE_STALE_SECONDS: "600",
    });
    try {
      const good = await issue(server, admin);
      const dead = await issue(server, admin);
      await api(server, admin, "PUT", `/api/user-tokens/${dead.id}`, { revoke: true });
      await hearing(port);
      expect(await verify(port, dead.secret)).toBe(401);
      expect(await verify(port, good.secret)).toBe(200);

      const seen = { good: new Set<number>(), dead: new Set<number>() };
      let asking = true;
      const load = Promise.all(
        Array.from({ length: 8 }, async () => {
          while (asking) {
            seen.good.add(await verify(port, good.secret));
            seen.dead.add(await verify(port, dead.secret));
          }
        }),
      );
      for (let kills = 0; kills < 3; kills++) {
        process.kill(await postmaster(), "SIGKILL");
        await expect
          .poll(() => api(server, admin, "GET", "/api/status").then(({ status }) => status))
          .toBe("ok");
      }
      asking = false;
      await load;
      // The good one was known all the time, and the outage shorter than GATE_STALE_SECONDS.
      expect([...seen.good]).toEqual([200]);
      expect([...seen.dead]).toEqual([401]);
    } finally {
      await server.stop();
      await bootstrap.remove();
    }
  });

  test("what it knows is served for GATE_STALE_SECONDS and no longer; then it recovers", async () => {
    const known = await knownToken(database.url);
    const port = await freePort();
    const server = await startServer({
      DATABASE_URL: database.url,
      LATCHKEY_SECRET: secret,
      GATE_PORT: String(port),
      GATE_STALE_SECONDS: "2",
    });
    try {
      await hearing(port);
      // A stalled machine may be too slow for the database to be thought there.
      await expect.poll(() => verify(port, known)).toBe(200);
      const thaw = freeze(await postmaster());
      const frozenAt = Date.now();
      let lastYes = frozenAt;
      let unavailable = false;
      try {
        while (!unavailable && Date.now() - frozenAt < 60_000) {
          // When it was asked, which is before it answered, however long the answer takes to be heard.
          const asked = Date.now();
          const status = await verify(port, known);
          if (status === 200) lastYes = asked;
          else expect(status).toBe(503);
          unavailable = status === 503;
        }
        expect(await verify(port, known)).toBe(503);
        expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(503);
      } finally {
        thaw();
      }
      expect(unavailable).toBe(true);
      // The last proof is at most a heartbeat old when the freeze begins; a question under way may take its time-out.
      expect(lastYes - frozenAt).toBeLessThanOrEqual(2_000 + 1_500);
      await expect.poll(() => verify(port, known)).toBe(200);
    } finally {
      await server.stop();
    }
  });

  /** A token that this database knows, put there by the bootstrap file of a server that starts and stops. */
  async function knownToken(url: string): Promise<string> {
    const token = mintToken("svc");
    const bootstrap = await writeBootstrapFile({
      service_accounts: [
        {
          name: `Known ${Date.now()}`,
          role: "Member",
          tokens: [{ name: "t", expires_in_days: null, secret: token }],
        },
      ],
    });
    const server = await startServer({
      DATABASE_URL: patiently(url),
      LATCHKEY_SECRET: secret,
      BOOTSTRAP_FILE: bootstrap.file,
    });
    await server.stop();
    await bootstrap.remove();
    return token;
  }
});
