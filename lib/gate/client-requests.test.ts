import { connect } from "node:net";
import { describe, expect, it } from "vitest";
import { newToken, openTestGate } from "@/e2e/database/gate";

const { ask, port } = openTestGate();

describe("what clients send", () => {
  /** Writes bytes to a connection of its own and reads until the server is done or `until` is seen. */
  const raw = (text: string, until = "\r\n\r\n"): Promise<string> =>
    new Promise((resolve, reject) => {
      const socket = connect(port(), "127.0.0.1", () => socket.write(text));
      let seen = "";
      socket.on("data", (chunk) => {
        seen += chunk.toString();
        if (seen.includes(until)) socket.destroy();
      });
      socket.on("close", () => resolve(seen));
      socket.on("error", reject);
    });
  const statusIn = (answer: string) => Number(/^HTTP\/1\.[01] (\d+)/.exec(answer)?.[1]);

  it("the scheme in any case, spaces after it and at the end", async () => {
    const { secret } = await newToken();
    for (const value of [`bearer ${secret}`, `BEARER   ${secret}  `, `BeArEr ${secret}`]) {
      const answer = await raw(`GET /verify HTTP/1.1\r\nHost: x\r\nAuthorization: ${value}\r\n\r\n`);
      expect(statusIn(answer)).toBe(200);
    }
  });

  it("Basic, an empty header, two tokens in one, a tab: 401", async () => {
    const { secret } = await newToken();
    for (const value of [
      "Basic eDp5",
      "",
      "Bearer",
      `Bearer ${secret} ${secret}`,
      `Bearer\t${secret}`,
      `Token ${secret}`,
    ]) {
      const answer = await raw(`GET /verify HTTP/1.1\r\nHost: x\r\nAuthorization: ${value}\r\n\r\n`);
      expect(statusIn(answer)).toBe(401);
    }
  });

  it("two Authorization headers: 400, whichever is good", async () => {
    const { secret } = await newToken();
    const two = [`Authorization: Bearer ${secret}`, "Authorization: Bearer other"];
    for (const lines of [two, [...two].reverse(), [two[0], two[0]]])
      expect(statusIn(await raw(`GET /verify HTTP/1.1\r\nHost: x\r\n${lines.join("\r\n")}\r\n\r\n`))).toBe(
        400,
      );
  });

  it("a header of 64 KiB: 431, and the server goes on", async () => {
    expect(
      statusIn(
        await raw(`GET /verify HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${"a".repeat(65_536)}\r\n\r\n`),
      ),
    ).toBe(431);
    expect((await ask("/healthz")).status).toBe(200);
  });

  it("HTTP/1.0, a path with .., a body without length", async () => {
    const { secret } = await newToken();
    const head = `Authorization: Bearer ${secret}\r\n`;
    expect(statusIn(await raw(`GET /verify HTTP/1.0\r\n${head}\r\n`))).toBe(200);
    expect(statusIn(await raw(`GET /verify/../../etc/passwd HTTP/1.1\r\nHost: x\r\n${head}\r\n`))).toBe(200);
    expect(statusIn(await raw(`GET /../verify HTTP/1.1\r\nHost: x\r\n${head}\r\n`))).toBe(404);
    expect(statusIn(await raw(`POST /verify HTTP/1.1\r\nHost: x\r\n${head}\r\n`))).toBe(200);
    expect(
      statusIn(
        await raw(
          `POST /verify HTTP/1.1\r\nHost: x\r\n${head}Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n`,
        ),
      ),
    ).toBe(200);
  });

  it("pipelined requests are answered in their order", async () => {
    const { secret } = await newToken();
    const good = `GET /verify HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${secret}\r\n\r\n`;
    const bad = "GET /verify HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer nonsense\r\n\r\n";
    const last = "GET /end HTTP/1.1\r\nHost: x\r\n\r\n";
    const answers = await raw(good + bad + good + last, "HTTP/1.1 404");
    expect([...answers.matchAll(/HTTP\/1\.1 (\d+)/g)].map((match) => match[1])).toEqual([
      "200",
      "401",
      "200",
      "404",
    ]);
  });
});
