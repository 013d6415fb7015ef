import { Client } from "pg";
import { describe, expect, it } from "vitest";
import { pool, transaction } from "@/db/client";
import { openTestInstance } from "@/e2e/database/instance";
import { announce, changesChannel, readAnnouncement } from "@/lib/gate/announce";

openTestInstance();

describe("announcing", () => {
  it("of one thing is one short message; of many, few of at most 8,000 bytes that lose none", async () => {
    const heard: string[] = [];
    const listener = new Client({ connectionString: String(pool().options.connectionString) });
    await listener.connect();
    listener.on("notification", ({ payload }) => heard.push(payload ?? ""));
    await listener.query(`listen ${changesChannel}`);

    const ids = Array.from({ length: 1_000 }, (_, index) => Number.MAX_SAFE_INTEGER - index);
    await transaction(async (tx) => {
      await announce(tx, "team", 7);
      await announce(tx, "user", ids);
      await announce(tx, "user", []);
    });
    await expect.poll(() => heard).toHaveLength(4);
    await listener.end();

    expect(heard[0]).toBe("team:7");
    for (const payload of heard) expect(payload.length).toBeLessThan(8_000);
    expect(heard.slice(1).flatMap((payload) => readAnnouncement(payload)?.ids)).toEqual(ids);
  });

  it("understands nothing else", () => {
    for (const payload of ["", "user:", "user:1,", "user:,1", "users:1", "user:1 ", "heartbeat:1", "user:-1"])
      expect(readAnnouncement(payload)).toBeUndefined();
  });
});
