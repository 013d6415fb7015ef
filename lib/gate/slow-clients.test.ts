import type { Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pool } from "@/db/client";
import { openTestInstance, service, system } from "@/e2e/database/instance";
import { createGateServer } from "@/lib/gate/gate-server";
import { type Gate, openGate } from "@/lib/gate/open-gate";
import { issueToken } from "@/lib/tokens/issue-token";

openTestInstance();

let gate: Gate;
let server: Server;
let port: number;
let secret: string;

beforeAll(async () => {
  gate = openGate({
    pool: pool(),
    prepared: true,
    listenUrl: String(pool().options.connectionString),
    staleMs: 30_000,
    addressOf: () => "127.0.0.1",
    onError: () => {},
  });
  server = createGateServer(gate.handle, { headersMs: 200, requestMs: 400, idleMs: 200, checkEveryMs: 20 });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
  const { user } = await service("Member");
  const token = { user_id: user.id ?? 0, name: "t", expires_in_days: 1, scim: false };
  secret = (await issueToken(system(), token)).bearer_token;
});

afterAll(async () => {
  server.closeAllConnections();
  await gate.close();
});

/** Sends `start`, then a byte every few milliseconds for as long as the other side takes them; settles with all that came back. */
function dribble(start: string, byte: string): Promise<string> {
  return new Promise((resolve) => {
    let drops: NodeJS.Timeout | undefined;
    const socket = connect(port, "127.0.0.1", () => {
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

const verify = () =>
  fetch(`http://127.0.0.1:${port}/verify`, { headers: { authorization: `Bearer ${secret}` } });

describe("who is too slow is let go with 408, while others are answered", () => {
  it.each([
    ["headers without an end", "GET /verify HTTP/1.1\r\nHost: x\r\nX-Slow: ", "a"],
    ["a request line without an end", "GET /verify", "/"],
  ])("%s", async (_, start, byte) => {
    const slow = Array.from({ length: 20 }, () => dribble(start, byte));
    expect((await verify()).status).toBe(200);
    for (const seen of await Promise.all(slow)) expect(seen).toMatch(/^HTTP\/1\.1 408 /);
    expect((await verify()).status).toBe(200);
  });

  it("a body without an end", async () => {
    const head = [
      "POST /introspect HTTP/1.1",
      "Host: x",
      `Authorization: Bearer ${secret}`,
      "Content-Type: application/x-www-form-urlencoded",
      "Content-Length: 10000",
    ];
    const slow = Array.from({ length: 20 }, () => dribble(`${head.join("\r\n")}\r\n\r\ntoken=`, "x"));
    expect((await verify()).status).toBe(200);
    for (const seen of await Promise.all(slow)) expect(seen).toMatch(/^(HTTP\/1\.1 408 |$)/);
    expect((await verify()).status).toBe(200);
  });

  it("a connection without a request", async () => {
    expect(await dribble("", "")).toMatch(/^HTTP\/1\.1 408 /);
  });

  it("a connection that is kept and not used: closed, with nothing said", async () => {
    const request = `GET /verify HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${secret}\r\n\r\n`;
    const seen = await dribble(request, "");
    expect(seen).toMatch(/^HTTP\/1\.1 200 /);
    expect(seen.match(/HTTP\/1\.1/g)).toHaveLength(1);
  });
});
