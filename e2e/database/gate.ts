import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, expect, vi } from "vitest";
import { pool } from "@/db/client";
import type { Role } from "@/db/enums";
import { idOf, makeTeams, openTestInstance, service, system } from "@/e2e/database/instance";
import { createGateServer, type GateTimeouts } from "@/lib/gate/gate-server";
import { type Gate, openGate } from "@/lib/gate/open-gate";
import { issueToken } from "@/lib/tokens/issue-token";

/**
 * Gives the test file an instance of its own, with a team "Data Engineering" and a gate that listens.
 * @param timeouts how long the gate waits for slow clients, unless as always
 */
export function openTestGate(timeouts?: GateTimeouts) {
  openTestInstance();
  let now = () => Date.now();
  let gate: Gate;
  let server: Server;

  /** Until memory is believed; for where the clock has just been moved. */
  const untilProven = () => vi.waitFor(() => expect(gate.feed.isProven()).toBe(true), 30_000);

  beforeAll(async () => {
    await makeTeams("Data Engineering");
    gate = openGate({
      pool: pool(),
      prepared: true,
      listenUrl: String(pool().options.connectionString),
      staleMs: 30_000,
      addressOf: ({ socket }) => socket.remoteAddress ?? "",
      onError: () => {},
      now: () => now(),
    });
    server = createGateServer(gate.handle, timeouts);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    await untilProven();
  });

  afterEach(async () => {
    now = () => Date.now();
    await untilProven();
  });

  afterAll(async () => {
    server.closeAllConnections();
    await gate.close();
  });

  const port = () => (server.address() as AddressInfo).port;
  const ask = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${port()}${path}`, init);
  const verify = (secret: string, path = "/verify", init: RequestInit = {}) =>
    ask(path, { ...init, headers: { authorization: `Bearer ${secret}` } });

  return {
    /** What is behind the server. */
    inside: () => gate,
    port,
    ask,
    verify,
    untilProven,
    statusOf: async (secret: string, path?: string) => (await verify(secret, path)).status,
    introspect: async (asker: string, token: string) => {
      const answer = await ask("/introspect", {
        method: "POST",
        headers: { authorization: `Bearer ${asker}` },
        body: new URLSearchParams({ token }),
      });
      return { status: answer.status, body: await answer.json() };
    },
    /** How often the verifier has asked the database so far. */
    queryCount: () => gate.verifier.counts.queries,
    /** Lets the gate live at another time, until the test ends. */
    setClock: (clock: () => number) => {
      now = clock;
    },
  };
}

/** A service account's token for a day. */
export async function newToken(role: Role = "Editor", teams: string[] = [], scim = false) {
  const account = await service(role, teams);
  const created = await issueToken(system(), { user_id: idOf(account), name: "t", expires_in_days: 1, scim });
  return {
    secret: created.bearer_token,
    tokenId: created.id,
    userId: idOf(account),
    user: account.user.userId,
  };
}
