import { readFile } from "node:fs/promises";
import http from "node:http";
import { Client } from "pg";
import { createTestDatabase, type TestDatabase } from "@/e2e/database/cluster";
import { expect, startTestServer, test } from "@/e2e/fixtures";
import { openSeverableConnection, type SeverableConnection } from "@/e2e/severable-connection";

/* The rules of the list are tested in its verb; here stands what only HTTP can show: refusals, and files that stream. */

test.describe("the list", () => {
  test("is {items, next_cursor, previous_cursor}, and pages by cursor", async ({ api }) => {
    const first = await (await api.get("/api/audit-events", { params: { size: 1 } })).json();
    expect(Object.keys(first)).toEqual(["items", "next_cursor", "previous_cursor"]);
    const second = await api.get("/api/audit-events", { params: { size: 1, cursor: first.next_cursor } });
    expect((await second.json()).items[0].id).toBeLessThan(first.items[0].id);
  });

  for (const [query, field] of [
    ["size=0", "size"],
    ["size=101", "size"],
    ["action=token.stolen", "action"],
    ["since=yesterday", "since"],
    ["ip=10.0.0.0/8", "ip"],
    ["token_id=-1", "token_id"],
    ["target_id=5", "target_id"],
    ["target_type=user", "target_id"],
    ["format=xml", "format"],
    ["cursor=bm9uc2Vuc2U", "cursor"],
    ["format=csv&cursor=bm9uc2Vuc2U", "cursor"],
    ["acter=5", ""],
  ] as const)
    test(`?${query} is 422 at its parameter`, async ({ api }) => {
      const answer = await api.get(`/api/audit-events?${query}`);
      expect(answer.status()).toBe(422);
      expect((await answer.json()).errors[0].field).toBe(field);
    });

  test("a misspelt filter is told, with those that there are", async ({ api }) => {
    const { detail } = await (await api.get("/api/audit-events?acter=5")).json();
    expect(detail).toContain("no filter acter");
    expect(detail).toContain("actor");
  });

  test("is 401 without credentials and 403 for a Manager, exports too", async ({ api, anonymous }) => {
    const created = await api.post("/api/users", {
      data: { name: `Auditor ${Date.now()}`, role: "Manager", token: { name: "t", expires_in_days: 1 } },
    });
    const authorization = `Bearer ${(await created.json()).token.bearer_token}`;
    for (const path of ["/api/audit-events", "/api/audit-events?format=csv"]) {
      expect((await anonymous.get(path)).status()).toBe(401);
      expect((await anonymous.get(path, { headers: { authorization } })).status()).toBe(403);
    }
  });
});

test.describe("an export", () => {
  test("as NDJSON: one entry a line, in its canonical text", async ({ api }) => {
    const listed = await (await api.get("/api/audit-events?action=team.created&size=100")).json();
    const answer = await api.get("/api/audit-events?action=team.created&format=ndjson");
    expect(answer.headers()["content-type"]).toBe("application/x-ndjson");
    expect(answer.headers()["content-disposition"]).toMatch(
      /^attachment; filename="latchkey-audit-\d{4}-\d\d-\d\dT\d{6}Z\.ndjson"$/,
    );
    const lines = (await answer.text()).trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line))).toEqual(listed.items);
    expect(Object.keys(JSON.parse(lines[0] ?? ""))).toEqual(Object.keys(listed.items[0]).sort());
  });

  test("as CSV: formulas are made harmless, quotes doubled", async ({ api }) => {
    const name = `=HYPERLINK("http://evil.example","${Date.now()}")`;
    const { id } = await (await api.post("/api/teams", { data: { name } })).json();
    const answer = await api.get(`/api/audit-events?target_type=team&target_id=${id}&format=csv`);
    expect(answer.headers()["content-type"]).toBe("text/csv; charset=utf-8");
    const [header, line, end] = (await answer.text()).split("\r\n");
    expect(header).toMatch(/^id,at,action,actor_id,actor_user_id,.*,request_id$/);
    expect(line).toContain(`,"'${name.replaceAll('"', '""')}",`);
    expect(end).toBe("");
  });

  test("is itself in the audit, with its filter", async ({ api }) => {
    await api.get("/api/audit-events?format=csv&action=team.created");
    const { items } = await (await api.get("/api/audit-events?action=audit.exported&size=1")).json();
    expect(items[0].after).toEqual({ format: "csv", filter: { action: "team.created" } });
  });
});

/** Enough that no buffer on the way holds it: about 450 MB. */
const manyEntries = 200_000;

test.describe("a large export", () => {
  let database: TestDatabase;
  let connection: SeverableConnection;
  let started: Awaited<ReturnType<typeof startTestServer>>;

  test.beforeAll(async () => {
    database = await createTestDatabase();
    connection = await openSeverableConnection(database.url);
    started = await startTestServer({ DATABASE_URL: connection.url });
    await query(
      `insert into audit_events (at, action, actor_user_id, after)
       select now() - n * interval '1 second', 'token.created', 'robot@service', jsonb_build_object('n', n, 'text', repeat(md5(n::text), 64))
       from generate_series(1, ${manyEntries}) n`,
    );
    await query("analyze audit_events");
  });
  test.afterAll(async () => {
    await started?.stop();
    await connection?.sever();
    await database?.drop();
  });

  test("waits for a slow reader, and holds none of it in memory", async () => {
    const { server } = started;
    await readLines(await open("action=team.created"));
    const before = await memoryOf(server.pid);
    const answer = await open("actor=robot@service");
    await untilNothingIsRead();
    const waiting = (await memoryOf(server.pid)) - before;
    const samples: number[] = [];
    const { lines, megabytes } = await readLines(answer, async () => {
      samples.push((await memoryOf(server.pid)) - before);
    });
    expect(lines).toBe(manyEntries);
    expect(megabytes).toBeGreaterThan(400);
    expect(waiting, "MB more while the reader waits").toBeLessThan(100);
    // Between two collections of garbage it grows, and falls again.
    expect(Math.max(...samples), "MB more while it is read").toBeLessThan(megabytes * 0.6);
    expect(Math.min(...samples.slice(-samples.length / 3)), "MB more at its end").toBeLessThan(100);
  });

  test("that is asked for by HEAD is told of, and not made", async ({ request }) => {
    const made = endings().length;
    const { baseURL, token } = started.server;
    const headers = { authorization: `Bearer ${token}` };
    const told = await request.head(`${baseURL}/api/audit-events?format=csv`, { headers });
    expect(told.status()).toBe(200);
    expect(told.headers()["content-type"]).toBe("text/csv; charset=utf-8");
    await request.get(`${baseURL}/api/audit-events?format=csv&action=team.created`, { headers });
    await expect.poll(() => endings().length).toBe(made + 1);
    expect(endings().at(-1)).toMatchObject({ complete: true });
  });

  test("ends when its reader goes away", async () => {
    const answer = await open("action=token.created&actor=robot@service");
    answer.destroy();
    await expect.poll(() => endings().at(-1)).toMatchObject({ complete: false });
    expect(endings().at(-1)?.entries).toBeLessThan(manyEntries / 2);
  });

  test("breaks off when the database goes away, and doesn't look whole", async () => {
    const answer = await open("action=token.created");
    await untilNothingIsRead();
    await connection.sever();
    await expect(readLines(answer)).rejects.toThrow(/aborted|ECONNRESET/);
    await connection.mend();
    await expect.poll(() => endings().at(-1)).toMatchObject({ complete: false });
  });

  test("of which nothing has been sent yet is 503 when the database is gone", async () => {
    await connection.sever();
    const answer = await open("action=token.created");
    expect(answer.statusCode).toBe(503);
    answer.resume();
    await connection.mend();
  });

  function open(filter: string): Promise<http.IncomingMessage> {
    return new Promise((resolve, reject) => {
      const { baseURL, token } = started.server;
      http
        .get(
          `${baseURL}/api/audit-events?format=ndjson&${filter}`,
          { headers: { authorization: `Bearer ${token}` } },
          resolve,
        )
        .on("error", reject);
    });
  }

  /** Until the server asks the database for no more of it. */
  async function untilNothingIsRead(): Promise<void> {
    let last: unknown;
    await expect
      .poll(
        async () => {
          const [row] = await query(
            `select max(query_start)::text as latest from pg_stat_activity
             where datname = current_database() and query like '%from "audit_events"%' and pid <> pg_backend_pid()`,
          );
          const same = row?.latest === last;
          last = row?.latest;
          return same;
        },
        { intervals: [500] },
      )
      .toBe(true);
  }

  async function query(text: string): Promise<Record<string, unknown>[]> {
    const client = new Client({ connectionString: database.url });
    await client.connect();
    try {
      return (await client.query(text)).rows;
    } finally {
      await client.end();
    }
  }

  function endings(): { entries: number; complete: boolean }[] {
    return started.server
      .output()
      .split("\n")
      .filter((line) => line.includes("audit export ended"))
      .map((line) => JSON.parse(line));
  }
});

async function readLines(
  answer: http.IncomingMessage,
  onEveryFewMegabytes: () => Promise<void> = async () => {},
): Promise<{ lines: number; megabytes: number }> {
  let lines = 0;
  let bytes = 0;
  let next = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    for (const byte of chunk) if (byte === 0x0a) lines++;
    bytes += chunk.length;
    if (bytes < next) continue;
    next += 5_000_000;
    await onEveryFewMegabytes();
  }
  return { lines, megabytes: bytes / 1_000_000 };
}

/** The memory that a process holds, in MB. */
async function memoryOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1000;
}
