import { and, eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { db, transaction } from "@/db/client";
import { auditEvents, teamMembers, teams, users } from "@/db/schema";
import { idOf, openTestInstance, service, system, untilSomebodyWaits } from "@/e2e/database/instance";
import { openScim, type ScimClient, scimUrl } from "@/e2e/database/scim-client";
import { readAccount } from "@/lib/gate/known-account";
import { tooLittle } from "@/lib/gate/narrowing";
import { changeTeamMembers } from "@/lib/teams/change-team-members";

openTestInstance();

const schema = "urn:ietf:params:scim:schemas:core:2.0:Group";
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

describe("creating and reading", () => {
  it("an id is unique among people and groups (RFC 7643 §3.1)", async () => {
    const people = (await scim.get("/Users?count=200&attributes=id")).body.Resources;
    const groups = await Promise.all(Array.from({ length: people.length }, () => group()));
    expect(people.map(({ id }: { id: string }) => id).filter((id: string) => groups.includes(id))).toEqual(
      [],
    );
  });

  it("a group that is named as a member is nobody, whatever number it has", async () => {
    const nested = [await group(), await group(), await group()];
    for (let n = 0; n < 20; n++) await scim.post("/Users", { userName: `beside-groups-${n}` });
    expect(await membersOf(await group(...nested))).toEqual([]);
  });

  it("nor is it the person whose number it has, in a database of before ids were unique", async () => {
    const nested = await group();
    const at = new Date();
    await db()
      .insert(users)
      .values({
        id: Number(nested),
        userId: "same-number",
        userIdKey: "same-number",
        name: "Same Number",
        userType: "User",
        role: "Member",
        searchKey: "",
        createdAt: at,
        updatedAt: at,
      });
    const named = [
      { value: nested, type: "Group" },
      { value: nested, TYPE: "group" },
      { value: nested, $ref: `${scimUrl}/Groups/${nested}` },
      { $ref: `../Groups/${nested}` },
    ];
    for (const member of named) {
      const id = await group();
      expect((await change(id, { op: "add", path: "members", value: [member] })).status).toBe(204);
      expect(await membersOf(id)).toEqual([]);
    }
    const id = await group(nested);
    await change(id, { op: "remove", path: "members", value: [{ value: nested, type: "Group" }] });
    expect(await membersOf(id)).toEqual([nested]);
    expect((await scim.get(`/Groups/${nested}`)).body.displayName).toMatch(/./);
    expect((await scim.get(`/Users/${nested}`)).body.userName).toBe("same-number");
    const found = await scim.get(`?filter=${encodeURIComponent(`id eq "${nested}"`)}`);
    const kindOf = ({ meta }: { meta: { resourceType: string } }) => meta.resourceType;
    expect(found.body.Resources.map(kindOf)).toEqual(["User", "Group"]);
  });

  it("a group is a team, with its members", async () => {
    const answer = await scim.post("/Groups", {
      schemas: [schema, "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"],
      externalId: "8aa1a0c0",
      displayName: "Tour Guides",
      members: [{ value: a?.(), $ref: null, display: "x" }, { value: b?.() }],
    });
    expect(answer.status).toBe(201);
    const { id, meta } = answer.body;
    expect(answer.body).toEqual({
      schemas: [schema],
      id,
      externalId: "8aa1a0c0",
      displayName: "Tour Guides",
      members: [a?.(), b?.()].map((value) => ({ value, $ref: `${scimUrl}/Users/${value}`, type: "User" })),
      meta: {
        resourceType: "Group",
        created: meta.created,
        lastModified: meta.created,
        location: `${scimUrl}/Groups/${id}`,
        version: expect.stringMatching(/^W\//),
      },
    });
    expect(answer.headers.get("location")).toBe(meta.location);
    expect((await scim.get(`/Groups/${id}`)).body).toEqual(answer.body);
    expect((await scim.get(`/Users/${a?.()}`)).body.groups).toContainEqual({
      value: id,
      $ref: `${scimUrl}/Groups/${id}`,
      display: "Tour Guides",
      type: "direct",
    });
    expect(await auditOf(id)).toEqual([
      {
        action: "team.created",
        tokenName: "provider",
        after: expect.objectContaining({ members: ["member-0", "member-1"], member_count: 2 }),
      },
    ]);
  });

  it("members that nobody knows are left out", async () => {
    const { status, body } = await scim.post("/Groups", {
      displayName: `Group ${++made}`,
      members: [
        ...values("unknown", "999999999999", "99999999999999999999", a?.() ?? "", a?.() ?? ""),
        { type: "Group" },
        "nobody",
        null,
      ],
    });
    expect(status).toBe(201);
    expect(body.members).toHaveLength(1);
  });

  it.each([[5], [[5]], [[{ value: { x: 1 } }]], [true], [[[]]]])(
    "members that are %j are 400 and create nothing",
    async (members) => {
      const displayName = `Refused ${++made}`;
      const { status, body } = await scim.post("/Groups", { displayName, members });
      expect([status, body.scimType]).toEqual([400, "invalidValue"]);
      expect(await scim.find("Groups", `displayName eq "${displayName}"`)).toEqual([]);
    },
  );

  it("a displayName that is taken, ignoring case, is 409 uniqueness; without one it is 400", async () => {
    await scim.post("/Groups", { displayName: "Taken" });
    expect(await scim.post("/Groups", { displayName: "TAKEN" })).toMatchObject({
      status: 409,
      body: { scimType: "uniqueness" },
    });
    for (const displayName of [undefined, "", "  ", 5, "a\u202eb", "x".repeat(501)])
      expect((await scim.post("/Groups", { displayName })).status).toBe(400);
  });

  it("spaces at the ends of a displayName are kept, but make no other team of it", async () => {
    const { id, displayName } = (await scim.post("/Groups", { displayName: " Blank Ends " })).body;
    expect(displayName).toBe(" Blank Ends ");
    for (const name of [" Blank Ends ", "blank ends", "Blank Ends  "]) {
      expect((await scim.find("Groups", `displayName eq "${name}"`))[0]?.id).toBe(id);
      expect((await scim.post("/Groups", { displayName: name })).status).toBe(409);
    }
    const other = await group();
    const renaming = { op: "replace", value: { displayName: "Blank Ends" } };
    expect((await change(other, renaming)).status).toBe(409);
    expect((await change(id, renaming)).status).toBe(204);
    expect((await scim.get(`/Groups/${id}`)).body.displayName).toBe("Blank Ends");
    await change(id, { op: "replace", value: { displayName: "Blank Ends " } });
    const { user } = await service("Member", ["Blank Ends"]);
    const [joined] = await db()
      .select()
      .from(teamMembers)
      .where(eq(teamMembers.userId, user.id ?? 0));
    expect(joined?.teamId).toBe(Number(id));
    const known = JSON.stringify([user.userId, "Service", "Member", true, [[Number(id), "Blank Ends "]]]);
    expect(tooLittle(readAccount(user.id ?? 0, known), "?team=blank%20ends")).toBeUndefined();
  });

  it("Public is none: not there, not to be made, not to be changed", async () => {
    const [row] = await db().select().from(teams).where(eq(teams.nameKey, "public"));
    const path = `/Groups/${row?.id}`;
    expect(await scim.find("Groups", 'displayName eq "Public"')).toEqual([]);
    const answers = [
      await scim.get(path),
      await scim.put(path, { displayName: "Mine" }),
      await scim.change(path, { op: "replace", path: "displayName", value: "Mine" }),
      await scim.delete(path),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    for (const displayName of ["public", " Public "])
      expect((await scim.post("/Groups", { displayName })).status).toBe(409);
  });
});

it("a deletion looks at the version when nobody can change it any more", async () => {
  const id = await group();
  const { headers } = await scim.get(`/Groups/${id}`);
  let answer: ReturnType<typeof scim.delete> | undefined;
  await transaction(async (tx) => {
    await tx
      .update(teams)
      .set({ updatedAt: sql`${teams.updatedAt} + interval '1 s'` })
      .where(eq(teams.id, Number(id)));
    answer = scim.delete(`/Groups/${id}`, { "if-match": headers.get("etag") });
    await untilSomebodyWaits();
  });
  expect((await answer)?.status).toBe(412);
  expect((await scim.get(`/Groups/${id}`)).status).toBe(200);
});

describe("PUT", () => {
  it("replaces the members it names; without members they stay", async () => {
    const id = await group(a?.() ?? "", b?.() ?? "");
    const displayName = `Put ${++made}`;
    const renamed = await scim.put(`/Groups/${id}`, { displayName });
    expect(renamed).toMatchObject({ status: 200, body: { displayName, id } });
    expect(await membersOf(id)).toEqual([a?.(), b?.()]);
    await scim.put(`/Groups/${id}`, { id: "x", displayName, members: values(c?.() ?? "") });
    expect(await membersOf(id)).toEqual([c?.()]);
    await scim.put(`/Groups/${id}`, { displayName, members: [] });
    expect(await membersOf(id)).toEqual([]);
    expect((await scim.put("/Groups/999999999", { displayName: "x" })).status).toBe(404);
    expect((await scim.put(`/Groups/${id}`, {})).status).toBe(400);
  });
});

it("service accounts in a team are neither shown nor touched", async () => {
  const id = await group(a?.() ?? "");
  const robot = await service("Member");
  const robotId = idOf(robot);
  await changeTeamMembers(system(), Number(id), { add: [robotId], remove: [] });
  expect(await membersOf(id)).toEqual([a?.()]);
  await change(id, { op: "remove", path: "members", value: values(String(robotId)) });
  await change(id, { op: "replace", path: "members", value: [] });
  await change(id, { op: "add", path: "members", value: values(String((await service("Member")).user.id)) });
  const rows = await db()
    .select()
    .from(teamMembers)
    .where(eq(teamMembers.teamId, Number(id)));
  expect(rows.map(({ userId }) => userId)).toEqual([robotId]);
  expect(await scim.find("Groups", `members.value eq "${robotId}"`)).toEqual([]);
});

it("a deleted group is gone, its members stay", async () => {
  const id = await group(a?.() ?? "");
  expect((await scim.delete(`/Groups/${id}`)).status).toBe(204);
  expect((await scim.get(`/Groups/${id}`)).status).toBe(404);
  expect((await scim.get(`/Users/${a?.()}`)).status).toBe(200);
  expect((await auditOf(id)).map(({ action }) => action)).toEqual(["team.created", "team.deleted"]);
});

it("filters and orders know members, externalId and moments", async () => {
  const { body } = await scim.post("/Groups", {
    displayName: "Filtered",
    externalId: "Ext-1",
    members: values(a?.() ?? ""),
  });
  const { id, meta } = body;
  for (const filter of [
    'displayName eq "filtered"',
    'externalId eq "Ext-1"',
    `id eq "${id}" and members eq "${a?.()}"`,
    `id eq "${id}" and members.value eq "${a?.()}"`,
    `id eq "${id}" and members[value eq "${a?.()}" and type eq "user"]`,
    `id eq "${id}" and members pr`,
    `id eq "${id}" and not (members eq "${b?.()}")`,
    `id eq "${id}" and meta.lastModified ge "${meta.lastModified}"`,
    `meta.version eq ${JSON.stringify(meta.version)} and id eq "${id}"`,
    `meta.location eq "${meta.location}"`,
    `members.$ref eq "${scimUrl}/Users/${a?.()}" and id eq "${id}"`,
  ])
    expect((await scim.find("Groups", filter)).map((found: { id: string }) => found.id)).toEqual([id]);
  for (const filter of ['externalId eq "ext-1"', `id eq "${id}" and members eq "${b?.()}"`])
    expect(await scim.find("Groups", filter)).toEqual([]);
  expect(
    (await scim.find("Users", `groups.value eq "${id}"`)).map((found: { id: string }) => found.id),
  ).toEqual([a?.()]);
  expect(await scim.find("Users", `groups[display eq "FILTERED"]`)).toHaveLength(1);
  const { body: sorted } = await scim.get("/Groups?sortBy=displayName&count=200");
  const names = sorted.Resources.map(({ displayName }: { displayName: string }) => displayName.toLowerCase());
  expect(names).toEqual([...names].sort());
});

it("excludedAttributes and attributes leave out what isn't asked for", async () => {
  const id = await group(a?.() ?? "");
  const list = await scim.get(`/Groups?filter=id+eq+"${id}"&excludedAttributes=members`);
  expect(list.body.Resources[0]).not.toHaveProperty("members");
  expect(list.body.Resources[0]).toMatchObject({ id, schemas: [schema], displayName: expect.any(String) });
  const pieces = await scim.get(`/Groups/${id}?attributes=displayName&attributes=members`);
  expect(Object.keys(pieces.body).sort()).toEqual(["displayName", "id", "members", "schemas"]);
  const one = await scim.get(`/Groups/${id}?excludedAttributes=members,id,schemas,meta.location`);
  expect(Object.keys(one.body).sort()).toEqual(["displayName", "id", "meta", "schemas"]);
  expect(one.body.meta).not.toHaveProperty("location");
  expect((await scim.get(`/Groups/${id}?attributes=members.value`)).body).toEqual({
    schemas: [schema],
    id,
    members: [{ value: a?.() }],
  });
  for (const nothing of [
    "attributes=members.type&excludedAttributes=members.type",
    "attributes=members.nope",
  ])
    expect((await scim.get(`/Groups/${id}?${nothing}`)).body).toEqual({ schemas: [schema], id });
  const made2 = await scim.post("/Groups?excludedAttributes=members", {
    displayName: `G ${++made}`,
    members: values(a?.() ?? ""),
  });
  expect(made2.body).not.toHaveProperty("members");
});
