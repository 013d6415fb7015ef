import { beforeAll, describe, expect, it } from "vitest";
import { transaction } from "@/db/client";
import { openTestInstance, person, problemOf, service, system, testRequest } from "@/e2e/database/instance";
import type { Principal } from "@/lib/access/principal";
import { type AuditFilter, listAuditEvents } from "@/lib/audit/contract";
import { findEvents } from "@/lib/audit/find-events";
import { record } from "@/lib/audit/record";
import { setClock } from "@/lib/clock";
import { createServiceAccount } from "@/lib/users/create-service-account";

openTestInstance();

let admin: Principal;

/** Entries 1 s apart, but the last two of one moment. */
beforeAll(async () => {
  admin = await person("Admin");
  for (let n = 1; n <= 7; n++)
    await at(Math.min(n, 6), () =>
      transaction((tx) =>
        record(
          tx,
          {
            user: { id: 900 + (n % 2), userId: `robot_${n % 2}@service`, name: `Robot ${n % 2}` },
            token: { id: 70 + (n % 2), name: "api" },
            request: { ...testRequest, id: `request-${n}`, ip: n === 3 ? "2001:db8::1" : "198.51.100.9" },
          },
          n === 4 ? "team.created" : "token.revoked",
          { target: { type: "token", id: 500 + n, name: `token ${n}` }, after: { n } },
        ),
      ),
    );
});

const robots: AuditFilter = {
  since: "2031-01-01T00:00:00Z",
  until: "2031-01-02T00:00:00Z",
};
const numbersOf = (items: { after: Record<string, unknown> | null }[]) => items.map(({ after }) => after?.n);
const found = async (filter: AuditFilter, size = 100) =>
  numbersOf((await findEvents(admin, { ...robots, ...filter }, { size })).items);

describe("the list of what was done", () => {
  it("comes newest first; entries of one moment by their ids", async () => {
    expect(await found({})).toEqual([7, 6, 5, 4, 3, 2, 1]);
  });

  it("goes to older pages and back, without gaps or overlap", async () => {
    const first = await findEvents(admin, robots, { size: 3 });
    expect(first.previous_cursor).toBeNull();
    const second = await findEvents(admin, robots, { size: 3, cursor: first.next_cursor ?? "" });
    const third = await findEvents(admin, robots, { size: 3, cursor: second.next_cursor ?? "" });
    expect([first, second, third].map(({ items }) => numbersOf(items))).toEqual([[7, 6, 5], [4, 3, 2], [1]]);
    expect(third.next_cursor).toBeNull();

    const back = await findEvents(admin, robots, { size: 3, cursor: third.previous_cursor ?? "" });
    expect(numbersOf(back.items)).toEqual([4, 3, 2]);
    const newest = await findEvents(admin, robots, { size: 3, cursor: back.previous_cursor ?? "" });
    expect(numbersOf(newest.items)).toEqual([7, 6, 5]);
    expect(newest.previous_cursor).toBeNull();
    expect(newest.next_cursor).not.toBeNull();
  });

  it("has no next page where the last one is just full", async () => {
    expect((await findEvents(admin, robots, { size: 7 })).next_cursor).toBeNull();
  });

  it.each<[string, AuditFilter, number[]]>([
    ["actor, by user_id", { actor: "robot_1@service" }, [7, 5, 3, 1]],
    ["actor, by number", { actor: "900" }, [6, 4, 2]],
    ["token", { token_id: 71 }, [7, 5, 3, 1]],
    ["action", { action: "team.created" }, [4]],
    ["target", { target_type: "token", target_id: 502 }, [2]],
    ["since", { since: "2031-01-01T00:00:05Z" }, [7, 6, 5]],
    ["until", { until: "2031-01-01T00:00:03Z" }, [2, 1]],
    ["IPv6 address, however written", { ip: "2001:0db8:0:0::1" }, [3]],
    ["request", { request_id: "request-6" }, [6]],
    ["several at once", { actor: "901", action: "token.revoked", ip: "198.51.100.9" }, [7, 5, 1]],
    ["nobody", { actor: "nobody@service" }, []],
  ])("is narrowed by %s", async (_, filter, expected) => {
    expect(await found(filter)).toEqual(expected);
  });

  it("of an account: what it did, what was done to it and to its tokens", async () => {
    const account = await createServiceAccount(system(), {
      user_type: "Service",
      name: "Observed",
      role: "Member",
      teams: [],
      token: { name: "first", expires_in_days: 30, scim: false },
    });
    const observed = { id: account.id, userId: account.user_id, name: account.name };
    await transaction((tx) => record(tx, { user: observed, request: testRequest }, "session.ended"));
    const { items, next_cursor } = await findEvents(admin, { account: account.id }, { size: 2 });
    expect(items.map(({ action }) => action)).toEqual(["session.ended", "token.created"]);
    const older = await findEvents(admin, { account: account.id }, { size: 2, cursor: next_cursor ?? "" });
    expect(older.items.map(({ action }) => action)).toEqual(["service_account.created"]);
  });

  it("shows an entry by everything that was recorded", async () => {
    const { items } = await findEvents(admin, { request_id: "request-3" }, { size: 1 });
    expect(items[0]).toEqual({
      id: expect.any(Number),
      at: "2031-01-01T00:00:03.000Z",
      action: "token.revoked",
      actor: { id: 901, user_id: "robot_1@service", name: "Robot 1" },
      token: { id: 71, name: "api" },
      target: { type: "token", id: 503, name: "token 3" },
      before: null,
      after: { n: 3 },
      ip: "2001:db8::1",
      user_agent: "vitest",
      request_id: "request-3",
    });
  });
});

describe("a cursor", () => {
  it("that was tampered with is refused, at its field", async () => {
    const { next_cursor } = await findEvents(admin, robots, { size: 2 });
    const text = Buffer.from(next_cursor ?? "", "base64url").toString("latin1");
    const forged = [
      text.replace(/\.(\d+)\./, (_, at: string) => `.${Number(at) + 1}.`),
      text.replace("older", "newer"),
      text.replace(/[\w-]$/, (last) => (last === "A" ? "B" : "A")),
      text.slice(0, -1),
      "older.1.1.AAAAAAAAAAAAAAAAAAAAAA",
      "",
    ].map((inside) => Buffer.from(inside).toString("base64url"));
    for (const cursor of [...forged, "nonsense", "%%%"])
      expect(await problemOf(findEvents(admin, robots, { size: 2, cursor }))).toMatchObject({
        status: 422,
        fields: ["cursor"],
      });
  });

  it("of another filter is refused", async () => {
    const { next_cursor } = await findEvents(admin, robots, { size: 2 });
    const other = { ...robots, action: "token.revoked" } as const;
    expect(await problemOf(findEvents(admin, other, { size: 2, cursor: next_cursor ?? "" }))).toMatchObject({
      status: 422,
      fields: ["cursor"],
    });
  });
});

it.each(["Manager", "Editor", "Member"] as const)("is refused to a %s, person or service", async (role) => {
  for (const principal of [await person(role), await service(role)])
    expect(await problemOf(findEvents(principal, {}, { size: 1 }))).toMatchObject({ status: 403 });
});

it.each([
  ["size", "0"],
  ["size", "101"],
  ["action", "token.stolen"],
  ["actor", ""],
  ["token_id", "x"],
  ["since", "yesterday"],
  ["until", "2031-01-01"],
  ["ip", "10.0.0.0/8"],
  ["format", "xml"],
  ["target_id", "5"],
  ["target_type", "user"],
  ["acter", "5"],
])("a filter that isn't one is refused: %s=%s", (name, value) => {
  expect(listAuditEvents.query.safeParse({ [name]: value }).success).toBe(false);
});

async function at(second: number, work: () => Promise<unknown>): Promise<void> {
  const restore = setClock(() => new Date(Date.UTC(2031, 0, 1, 0, 0, second)));
  try {
    await work();
  } finally {
    restore();
  }
}
