import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { Pool } from "pg";

/*
 * What the gate is measured beside: bare node:http, three times. baseline-server KIND PORT DATABASE_URL, where KIND is
 * `constant`, `map` (SHA-256 and a Map of all tokens) or `query` (SHA-256 and one prepared query).
 */

const [kind = "", port = "", url = ""] = process.argv.slice(2);
const pool = new Pool({ connectionString: url, max: 8 });
const handlers: Record<string, () => Promise<(request: IncomingMessage, response: ServerResponse) => void>> =
  {
    constant: async () => (_, response) => answer(response, "constant"),
    map: fromMap,
    query: async () => fromQuery,
  };

// Who started us is gone.
process.on("disconnect", () => process.exit());
const handle = await handlers[kind]?.();
if (!handle) throw new Error(`There is no baseline "${kind}".`);
createServer(handle).listen(Number(port), "127.0.0.1", () => process.send?.("ready"));

async function fromMap() {
  const { rows } = await pool.query<{ hash: Buffer; subject: string }>(
    "select hash, subject from baseline_tokens",
  );
  const subjects = new Map(rows.map(({ hash, subject }) => [hash.toString("latin1"), subject]));
  return (request: IncomingMessage, response: ServerResponse) =>
    answer(response, subjects.get(hashOf(request).toString("latin1")));
}

function fromQuery(request: IncomingMessage, response: ServerResponse): void {
  pool
    .query<{ subject: string }>({
      name: "find",
      text: "select subject from baseline_tokens where hash = $1",
      values: [hashOf(request)],
    })
    .then(
      ({ rows }) => answer(response, rows[0]?.subject),
      () => response.destroy(),
    );
}

function hashOf(request: IncomingMessage): Buffer {
  return createHash("sha256")
    .update((request.headers.authorization ?? "").slice(7))
    .digest();
}

function answer(response: ServerResponse, subject: string | undefined): void {
  response.writeHead(subject === undefined ? 401 : 200, {
    "x-subject": subject ?? "",
    "content-length": "0",
  });
  response.end();
}
