import { and, eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { db, transaction } from "@/db/client";
import { auditEvents, users } from "@/db/schema";
import { openTestInstance, untilSomebodyWaits } from "@/e2e/database/instance";
import { openScim, type ScimClient } from "@/e2e/database/scim-client";

openTestInstance();

let scim: ScimClient;
let made = 0;
const ids: string[] = [];
beforeAll(async () => {
  scim = await openScim();
  for (let n = 0; n < 6; n++) ids.push((await scim.post("/Users", { userName: `member-${n}` })).body.id);
});

const [a, b, c] = [0, 1, 2].map((n) => () => ids[n] ?? "");
const values = (...members: string[]) => members.map((value) => ({ value }));
async function group(...members: string[]): Promise<string> {
  const { body } = await scim.post("/Groups", {
    displayName: `Group ${++made}`,
    members: values(...members),
  });
  return body.id;
}
const membersOf = async (id: string): Promise<string[]> =>
  ((await scim.get(`/Groups/${id}`)).body.members ?? []).map(({ value }: { value: string }) => value);
const change = (id: string, ...operations: Record<string, unknown>[]) =>
  scim.change(`/Groups/${id}`, ...operations);
const auditOf = async (id: string) =>
  (
    await db()
      .select()
      .from(auditEvents)
      .where(and(eq(auditEvents.targetType, "team"), eq(auditEvents.targetId, Number(id))))
      .orderBy(auditEvents.id)
  ).map(({ action, after, tokenName }) => ({ action, after, tokenName }));

describe("members by PATCH", () => {
  it.each([
    ["add joins", { op: "add", path: "members", value: "list of c" }, [0, 1, 2]],
    ["replace replaces", { op: "replace", path: "members", value: "list of c" }, [2]],
    ["replace with an empty list empties", { op: "replace", path: "members", value: [] }, []],
    ["replace without a path, too", { op: "replace", value: { members: [] } }, []],
    ["add without a path joins", { op: "add", value: { members: "list of c" } }, [0, 1, 2]],
    ["remove by filter", { op: "remove", path: "filter for a" }, [1]],
    ["remove by value names whom", { op: "remove", path: "members", value: "list of a" }, [1]],
    [
      "remove by value of somebody who isn't in",
      { op: "remove", path: "members", value: "list of c" },
      [0, 1],
    ],
    ["remove by an empty value names nobody", { op: "remove", path: "members", value: [] }, [0, 1]],
    ["remove alone takes all", { op: "remove", path: "members" }, []],
    ["remove by another filter", { op: "remove", path: 'members[type eq "User"]' }, []],
    ["remove by a filter that none meets", { op: "remove", path: 'members[type eq "Group"]' }, [0, 1]],
    ["add by filter", { op: "add", path: "filter for c", value: {} }, [0, 1, 2]],
    ["replace of one by the same", { op: "replace", path: "filter for a", value: "list of a" }, [0, 1]],
    [
      "replace of what a member is called",
      { op: "replace", path: "filter for a", value: { display: "x" } },
      [0, 1],
    ],
  ])("%s", async (_what, operation, expected) => {
    const words: Record<string, unknown> = {
      "list of a": values(a?.() ?? ""),
      "list of c": values(c?.() ?? ""),
      "filter for a": `members[value eq "${a?.()}"]`,
      "filter for c": `members[value eq "${c?.()}"]`,
    };
    const spelt = JSON.parse(
      JSON.stringify(operation, (_key, value) =>
        typeof value === "string" && value in words ? words[value] : value,
      ),
    );
    const id = await group(a?.() ?? "", b?.() ?? "");
    const answer = await change(id, spelt);
    expect([answer.status, answer.body]).toEqual([204, undefined]);
    expect(await membersOf(id)).toEqual(expected.map((n) => ids[n]));
  });

  it("answers with the group when attributes are asked for", async () => {
    const id = await group(a?.() ?? "");
    const operation = { op: "add", path: "members", value: values(b?.() ?? "") };
    const answer = await scim.patch(`/Groups/${id}?attributes=displayName`, { Operations: [operation] });
    expect(answer).toMatchObject({ status: 200, body: { id, displayName: expect.any(String) } });
    expect(answer.body).not.toHaveProperty("members");
  });

  it("a rename keeps the members; what changes nothing moves no version", async () => {
    const id = await group(a?.() ?? "");
    const before = (await scim.get(`/Groups/${id}`)).body;
    await change(id, { op: "replace", value: { id, displayName: before.displayName } });
    await change(id, { op: "add", path: "members", value: values(a?.() ?? "", "unknown") });
    await change(id, { op: "remove", path: "members", value: values(b?.() ?? "") });
    expect((await scim.get(`/Groups/${id}`)).body).toEqual(before);
    await change(id, { op: "replace", path: "displayName", value: `Renamed ${++made}` });
    const after = (await scim.get(`/Groups/${id}`)).body;
    expect(after.members).toEqual(before.members);
    expect(after.meta.version).not.toBe(before.meta.version);
    expect((await auditOf(id)).map(({ action }) => action)).toEqual(["team.created", "team.changed"]);
  });

  it.each([
    ["a part of a member", { op: "replace", path: 'members[value eq "1"].type', value: "x" }, "mutability"],
    ["nobody replaced", { op: "replace", path: 'members[value eq "x"]', value: { value: "1" } }, "noTarget"],
    [
      "a member replaced by another",
      { op: "replace", path: 'members[type eq "User"]', value: { value: "1" } },
      "mutability",
    ],
    ["the id", { op: "replace", path: "id", value: "1" }, "mutability"],
    ["an unknown attribute", { op: "add", path: "shoeSize", value: "1" }, "invalidPath"],
    ["the name removed", { op: "remove", path: "displayName" }, "mutability"],
    ["a member by what it isn't", { op: "add", path: 'members[type eq "User"]', value: {} }, "noTarget"],
    ["members of a wrong type", { op: "add", path: "members", value: [5] }, "invalidValue"],
  ])("refused as a whole: %s", async (_what, operation, scimType) => {
    const id = await group(a?.() ?? "");
    const before = (await scim.get(`/Groups/${id}`)).body;
    const answer = await change(id, { op: "add", path: "members", value: values(b?.() ?? "") }, operation);
    expect(answer.body).toMatchObject({ status: "400", scimType });
    expect((await scim.get(`/Groups/${id}`)).body).toEqual(before);
  });

  it("members who come at the same time are all there afterwards", async () => {
    const id = await group();
    const answers = await Promise.all([
      ...ids.map((value) => change(id, { op: "add", path: "members", value: values(value) })),
      ...ids.map((value) => change(id, { op: "add", path: "members", value: values(value, a?.() ?? "") })),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(Array(12).fill(204));
    expect(await membersOf(id)).toEqual(ids);
  });

  it("somebody who is deleted at the same time is left out, not a fault", async () => {
    const id = await group();
    const leaver = (await scim.post("/Users", { userName: `leaver-${++made}` })).body.id;
    let added: Promise<{ status: number }> | undefined;
    await transaction(async (tx) => {
      await tx.delete(users).where(eq(users.id, Number(leaver)));
      added = change(id, { op: "add", path: "members", value: values(a?.() ?? "", leaver) });
      await untilSomebodyWaits();
    });
    expect((await added)?.status).toBe(204);
    expect(await membersOf(id)).toEqual([a?.()]);
  });

  it("versions move with each change, also within a millisecond", async () => {
    const id = await group();
    const versions = [];
    for (const value of ids) {
      const answer = await change(id, { op: "add", path: "members", value: values(value) });
      versions.push(answer.headers.get("etag"));
    }
    expect(new Set(versions).size).toBe(ids.length);
    const stale = { "if-match": versions[0] ?? "" };
    expect((await scim.put(`/Groups/${id}`, { displayName: "x" }, stale)).status).toBe(412);
    expect((await scim.delete(`/Groups/${id}`, stale)).status).toBe(412);
    expect((await scim.get(`/Groups/${id}`, { "if-none-match": versions.at(-1) ?? "" })).status).toBe(304);
  });
});

it("of members who come and go in one PATCH the last word counts", async () => {
  const [x = "", y = "", z = ""] = ids;
  const id = await group(x, y);
  const before = (await scim.get(`/Groups/${id}`)).body.meta.version;
  const step = (op: string, member: string) => ({ op, path: "members", value: values(member) });
  const removal = (member: string) => ({ op: "remove", path: `members[value eq "${member}"]` });
  await change(id, step("remove", x), step("add", x), step("add", z), removal(z), step("add", y));
  expect((await scim.get(`/Groups/${id}`)).body.meta.version).toBe(before);
  const all = { op: "remove", path: 'members[type eq "User"]' };
  await change(id, step("add", z), removal(x), all, step("add", x));
  expect(await membersOf(id)).toEqual([x]);
  await change(
    id,
    step("add", y),
    step("replace", z),
    step("add", y),
    removal(z),
    removal(y),
    step("add", y),
  );
  expect(await membersOf(id)).toEqual([y]);
});

it("a list of nearly 1 MiB of members works", async () => {
  const id = await group();
  const many = [...ids, ...Array.from({ length: 48_000 }, (_, n) => String(1_000_000 + n))].map((value) => ({
    value,
  }));
  const answer = await change(id, { op: "add", path: "members", value: many });
  expect(answer.status).toBe(204);
  expect(await membersOf(id)).toEqual(ids);
  const more = await change(id, { op: "add", path: "members", value: [...many, ...many] });
  expect(more).toMatchObject({ status: 413, body: { status: "413" } });
});
