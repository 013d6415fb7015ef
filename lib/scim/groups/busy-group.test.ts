import { beforeEach, describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { users } from "@/db/schema";
import { heldTransaction } from "@/e2e/database/held-transaction";
import { openTestInstance, service, untilSomebodyWaits } from "@/e2e/database/instance";
import { openScim, type ScimAnswer, type ScimClient } from "@/e2e/database/scim-client";
import { deleteGroup } from "@/lib/scim/groups/delete-group";
import { touchTeams } from "@/lib/teams/touch-teams";

/* Identity providers send the changes of one group side by side, and come back late where one is refused. */

/** As patient as any, unless a test is about nobody having to wait in the database. */
let lockTimeoutMs = 15_000;
openTestInstance({ max: 4, nextLockTimeoutMs: () => lockTimeoutMs });

let scim: ScimClient;
let group: string;
let made = 0;
beforeEach(async () => {
  lockTimeoutMs = 15_000;
  scim ??= await openScim();
  group = (await scim.post("/Groups", { displayName: `Group ${++made}` })).body.id;
});

async function people(count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < count; n++) ids.push((await scim.post("/Users", { userName: `p-${++made}` })).body.id);
  return ids;
}

const values = (ids: readonly string[]) => ids.map((value) => ({ value }));
const add = (...ids: string[]) =>
  scim.change(`/Groups/${group}`, { op: "add", path: "members", value: values(ids) });
const remove = (id: string) =>
  scim.change(`/Groups/${group}`, { op: "remove", path: `members[value eq "${id}"]` });
const rename = (displayName: string) =>
  scim.change(`/Groups/${group}`, { op: "replace", path: "displayName", value: displayName });
const put = (displayName: string) => scim.put(`/Groups/${group}`, { displayName });
const leave = (id: string) => scim.delete(`/Users/${id}`);
const membersOf = async (): Promise<string[]> =>
  ((await scim.get(`/Groups/${group}`)).body.members ?? []).map(({ value }: { value: string }) => value);
const statuses = (answers: readonly ScimAnswer[]) => [...new Set(answers.map(({ status }) => status))].sort();

/** Eight of each kind of change, side by side. */
async function mixed() {
  const [joining, going, doomed, staying] = [
    await people(8),
    await people(8),
    await people(8),
    await people(2),
  ];
  await add(...going, ...doomed, ...staying);
  const send = () =>
    Array.from({ length: 8 }, (_, n) => [
      add(joining[n] ?? ""),
      leave(doomed[n] ?? ""),
      rename(`Renamed ${group} ${n}`),
      remove(going[n] ?? ""),
      put(`Put ${group} ${n}`),
    ]).flat();
  const hold = async () => {
    expect(await membersOf()).toEqual([...staying, ...joining].sort((a, b) => Number(a) - Number(b)));
    const left = await db().select({ id: users.id }).from(users);
    for (const id of doomed) expect(left).not.toContainEqual({ id: Number(id) });
    const { displayName } = (await scim.get(`/Groups/${group}`)).body;
    expect(displayName).toMatch(new RegExp(`^(Renamed|Put) ${group} [0-7]$`));
  };
  return { send, hold };
}

describe("changes of one group that come side by side", () => {
  it("all happen, and none has to wait for another in the database", async () => {
    const { send, hold } = await mixed();
    lockTimeoutMs = 1;
    expect(statuses(await Promise.all(send()))).toEqual([200, 204]);
    await hold();
  });

  it("leave connections for everybody else while they wait, and all happen then", async () => {
    const { send, hold } = await mixed();
    const other = await heldTransaction((tx) => touchTeams(tx, [Number(group)]));
    const answers = send();
    await untilSomebodyWaits();
    for (let n = 0; n < 40; n++)
      expect((await scim.get(`/Users?filter=${encodeURIComponent('userName eq "nobody"')}`)).status).toBe(
        200,
      );
    await other.letGo();
    expect(statuses(await Promise.all(answers))).toEqual([200, 204]);
    await hold();
  });
});

it("a change that waits for others, of a client that has gone, is not made", async () => {
  const other = await heldTransaction((tx) => touchTeams(tx, [Number(group)]));
  const first = rename(`First ${group}`);
  try {
    await untilSomebodyWaits();
    const provider = await service("Admin");
    const left = { ...provider, request: { ...provider.request, gone: AbortSignal.abort() } };
    await expect(deleteGroup(left, Number(group), null)).rejects.toThrow("No turn");
  } finally {
    await other.letGo();
  }
  expect((await first).status).toBe(204);
});
