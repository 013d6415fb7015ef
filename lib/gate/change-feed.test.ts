import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { Pool } from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { pool, transaction } from "@/db/client";
import { createTestDatabase } from "@/e2e/database/cluster";
import { openTestInstance } from "@/e2e/database/instance";
import { announce } from "@/lib/gate/announce";
import { ChangeFeed } from "@/lib/gate/change-feed";

openTestInstance();

/** Between feed and database: can fall silent without closing anything, as a network does. */
let road: Server;
let silent = false;
const travellers = new Set<Socket>();

beforeAll(async () => {
  road = createServer((near) => {
    const far = connect(Number(databaseUrl().port), databaseUrl().hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      travellers.add(from);
      from.on("data", (bytes) => {
        if (!silent) to.write(bytes);
      });
      from.on("error", () => {});
      from.on("close", () => to.destroy());
    }
  });
  await new Promise<void>((resolve) => road.listen(0, "127.0.0.1", resolve));
});

afterAll(() => {
  for (const socket of travellers) socket.destroy();
  road.close();
});

let feed: ChangeFeed | undefined;
afterEach(async () => {
  silent = false;
  await feed?.stop();
});

function databaseUrl(): URL {
  return new URL(String(pool().options.connectionString));
}

function openFeed(proofValidMs = 500, announceWhere = pool()) {
  const url = databaseUrl();
  url.port = String((road.address() as AddressInfo).port);
  const heard: string[] = [];
  const gaps: number[] = [];
  const errors: string[] = [];
  feed = new ChangeFeed(
    {
      url: url.toString(),
      proofValidMs,
      announce: (channel, payload) => announceWhere.query("select pg_notify($1, $2)", [channel, payload]),
      onChange: (thing, id) => heard.push(`${thing}:${id}`),
      onGap: () => gaps.push(Date.now()),
      onError: (error) => errors.push(error.message),
    },
    Date.now,
  );
  feed.start();
  return { feed, heard, gaps, errors };
}

describe("the feed of changes", () => {
  it("hears what was committed, and nothing of what was rolled back", async () => {
    // Not lost meanwhile, however slow the machine.
    const { feed, heard } = openFeed(60_000);
    await expect.poll(() => feed.isProven()).toBe(true);
    await transaction((tx) => announce(tx, "token", 1));
    await transaction(async (tx) => {
      await announce(tx, "token", 2);
      throw new Error("no");
    }).catch(() => undefined);
    await transaction((tx) => announce(tx, "user", 3));
    await expect.poll(() => heard).toEqual(["token:1", "user:3"]);
  });

  it("takes a half-open connection for a lost one, and opens another", async () => {
    const { feed, gaps, errors } = openFeed();
    await expect.poll(() => feed.isProven()).toBe(true);
    const before = Date.now();
    silent = true;
    await expect.poll(() => feed.isProven()).toBe(false);
    await expect.poll(() => errors).toContain("the heartbeat didn't come back");
    silent = false;
    await expect.poll(() => feed.isProven()).toBe(true);
    expect(gaps.length).toBeGreaterThan(1);
    // What was read before the silence is not vouched for; until when it was is known.
    expect(feed.vouchesFor(before - 10)).toBe(false);
    expect(feed.provenUntil(before - 10)).toBeLessThan(before + 500);
    await expect.poll(() => feed.vouchesFor(Date.now())).toBe(true);
  });

  it("believes nothing where no proof is to be believed", async () => {
    const { feed, gaps } = openFeed(0);
    await expect.poll(() => gaps.length).toBeGreaterThan(0);
    await expect.poll(() => feed.lastProof).toBeGreaterThan(0);
    expect(feed.isProven()).toBe(false);
  });
});

describe("a feed that listens elsewhere than changes are announced", () => {
  it("is never proven: what it would hear says nothing", async () => {
    const elsewhere = await createTestDatabase();
    const announcing = new Pool({ connectionString: elsewhere.url });
    try {
      const { feed, errors } = openFeed(500, announcing);
      await expect
        .poll(() => errors)
        .toContainEqual(expect.stringMatching(/DATABASE_LISTEN_URL .* same database/));
      expect(feed.lastProof).toBe(Number.NEGATIVE_INFINITY);
    } finally {
      await announcing.end();
      await elsewhere.drop();
    }
  });
});
