import { connect } from "node:net";
import { beforeAll, describe, expect, it } from "vitest";
import { newToken, openTestGate } from "@/e2e/database/gate";

const gate = openTestGate({ headersMs: 1_000, requestMs: 1_500, idleMs: 200, checkEveryMs: 20 });
let secret: string;

beforeAll(async () => {
  ({ secret } = await newToken("Member"));
});

/** Sends `start`, then `byte` every few milliseconds for as long as the other side takes it; settles with all that came back. */
function dribble(start: string, byte: string): Promise<string> {
  return new Promise((resolve) => {
    let drops: NodeJS.Timeout | undefined;
    const socket = connect(gate.port(), "127.0.0.1", () => {
      socket.write(start);
      drops = setInterval(() => socket.write(byte), 10);
    });
    let seen = "";
    socket.on("data", (chunk) => {
      seen += chunk.toString();
    });
    socket.on("error", () => {});
    socket.on("close", () => {
      clearInterval(drops);
      resolve(seen);
    });
  });
}

/** What somebody else is answered meanwhile; one who comes just when the machine is slow may come again. */
const othersAreAnswered = () =>
  expect
    .poll(() =>
      gate.verify(secret).then(
        ({ status }) => status,
        () => "cut off",
      ),
    )
    .toBe(200);

const several = (start: string, byte: string) =>
  Promise.all(Array.from({ length: 20 }, () => dribble(start, byte)));

describe("who is too slow is let go with 408, while others are answered", () => {
  it.each([
    ["headers that stop half-way", "GET /verify HTTP/1.1\r\nHost: x\r\nX-Slow: a"],
    ["a request line that stops half-way", "GET /verify"],
    ["a connection without a request", ""],
  ])("%s", async (_, start) => {
    const slow = several(start, "");
    await othersAreAnswered();
    for (const seen of await slow) expect(seen).toMatch(/^HTTP\/1\.1 408 /);
    await othersAreAnswered();
  });

  // Who is still sending when the connection is closed may never get to see the answer: TCP throws it away.
  it.each([
    ["headers without an end", "GET /verify HTTP/1.1\r\nHost: x\r\nX-Slow: ", "a"],
    ["a request line without an end", "GET /verify", "/"],
  ])("%s", async (_, start, byte) => {
    const slow = several(start, byte);
    await othersAreAnswered();
    for (const seen of await slow) expect(seen).toMatch(/^(HTTP\/1\.1 408 |$)/);
    await othersAreAnswered();
  });

  it("a body without an end", async () => {
    const head = [
      "POST /introspect HTTP/1.1",
      "Host: x",
      `Authorization: Bearer ${secret}`,
      "Content-Type: application/x-www-form-urlencoded",
      "Content-Length: 10000",
    ];
    const slow = several(`${head.join("\r\n")}\r\n\r\ntoken=`, "x");
    await othersAreAnswered();
    for (const seen of await slow) expect(seen).toMatch(/^(HTTP\/1\.1 408 |$)/);
    await othersAreAnswered();
  });

  it("a connection that is kept and not used: closed, with nothing said", async () => {
    const request = `GET /verify HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${secret}\r\n\r\n`;
    const seen = await dribble(request, "");
    expect(seen).toMatch(/^HTTP\/1\.1 200 /);
    expect(seen.match(/HTTP\/1\.1/g)).toHaveLength(1);
  });
});
