import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { performance } from "node:perf_hooks";

/*
 * A client that costs little: raw sockets, keep-alive, one request under way per connection. Run as a process of its
 * own: load-generator PORT CONNECTIONS (MILLISECONDS|COUNT"x") TOKENS_FILE FROM TO; prints one line of JSON.
 */

export interface LoadResult {
  requests: number;
  seconds: number;
  perSecond: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  /** Answers other than 200. */
  refused: number;
}

const [port = "", connections = "", amount = "", file = "", from = "0", to = "0"] = process.argv.slice(2);
const tokens = readFileSync(file, "utf8").trimEnd().split("\n").slice(Number(from), Number(to));
const requests = tokens.map((token) =>
  Buffer.from(
    `GET /verify HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: load\r\nAuthorization: Bearer ${token}\r\n\r\n`,
  ),
);
const byCount = amount.endsWith("x");
const limit = Number.parseInt(amount, 10);

const latencies: number[] = [];
let sent = 0;
let refused = 0;
const started = performance.now();
const deadline = started + limit;
await Promise.all(Array.from({ length: Number(connections) }, () => converse()));
const seconds = (performance.now() - started) / 1000;
latencies.sort((a, b) => a - b);
const at = (share: number) =>
  latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
const result: LoadResult = {
  requests: latencies.length,
  seconds,
  perSecond: latencies.length / seconds,
  p50: at(0.5),
  p99: at(0.99),
  refused,
};
process.stdout.write(`${JSON.stringify(result)}\n`);

/** One connection: the next request goes out when the answer to the last is in. Answers here have no body, or a short one. */
function converse(): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), "127.0.0.1");
    let since = 0;
    const next = () => {
      const now = performance.now();
      if (byCount ? sent >= limit : now >= deadline) {
        socket.end();
        return resolve();
      }
      since = now;
      socket.write(requests[sent++ % requests.length] ?? "");
    };
    socket.setNoDelay(true);
    socket.on("connect", next);
    socket.on("error", reject);
    socket.on("data", (chunk) => {
      latencies.push(performance.now() - since);
      // "HTTP/1.1 200": the first digit of the status is enough.
      if (chunk[9] !== 0x32) refused++;
      next();
    });
  });
}
