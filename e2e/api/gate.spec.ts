import { connect, type Socket } from "node:net";
import { verify } from "@/e2e/api/gate-steps";
import { expect, startTestServer, test } from "@/e2e/fixtures";
import { freePort, gatePid, startServer } from "@/e2e/server-process";

/* The gate as it runs: a process beside the web. */

test("kill -9 of the gate alone: the start brings it back", async () => {
  const port = await freePort();
  const { server, stop } = await startTestServer({ GATE_PORT: String(port) });
  try {
    await expect.poll(() => verify(port, server.token)).toBe(200);
    const before = gatePid(server);
    process.kill(before, "SIGKILL");
    await expect.poll(() => verify(port, server.token)).toBe(200);
    expect(gatePid(server)).not.toBe(before);
  } finally {
    await stop();
  }
  expect(await verify(port, server.token)).toBe(0);
});

test("a gate whose start was killed ends by itself", async () => {
  const port = await freePort();
  const { server, stop } = await startTestServer({ GATE_PORT: String(port) });
  try {
    process.kill(server.pid, "SIGKILL");
    await expect.poll(() => verify(port, server.token)).toBe(0);
  } finally {
    await stop();
  }
});

test("a taken port, or an address that isn't ours, stops the start with one line", async () => {
  const port = await freePort();
  const { server, stop } = await startTestServer({ GATE_PORT: String(port) });
  try {
    const beside = {
      DATABASE_URL: server.databaseUrl,
      LATCHKEY_SECRET: server.secret,
      GATE_PORT: String(port),
    };
    await expect(startServer(beside)).rejects.toThrow(
      `GATE_PORT: got ${port}, which something else listens on; takes a free port.`,
    );
    await expect(startServer({ ...beside, GATE_HOST: "203.0.113.9" })).rejects.toThrow(
      /GATE_HOST: got "203.0.113.9", which can't be listened on \(\w+\)/,
    );
  } finally {
    await stop();
  }
});

test("ten thousand idle connections leave room for the next request", async () => {
  const port = await freePort();
  const { server, stop } = await startTestServer({ GATE_PORT: String(port) });
  const idle: Socket[] = [];
  try {
    for (let opened = 0; opened < 10_000; opened += 500)
      idle.push(...(await Promise.all(Array.from({ length: 500 }, () => opening(port)))));
    expect(idle).toHaveLength(10_000);
    expect(await verify(port, server.token)).toBe(200);
  } finally {
    for (const socket of idle) socket.destroy();
    await stop();
  }
});

function opening(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => resolve(socket));
    socket.on("error", reject);
  });
}
