import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { db, transaction } from "@/db/client";
import { sessions, users } from "@/db/schema";
import { openTestInstance, person, service, system, untilSomebodyWaits } from "@/e2e/database/instance";
import { openScim, ScimClient } from "@/e2e/database/scim-client";
import { auditOf, createUser, enterprise, rowOf, unique } from "@/e2e/database/scim-users";
import { insertSignIn } from "@/lib/sign-in/credentials";
import { issueToken } from "@/lib/tokens/issue-token";
import { verifyToken } from "@/lib/tokens/verify-token";
import { updateUser } from "@/lib/users/update-user";

openTestInstance();

let scim: ScimClient;
beforeAll(async () => {
  scim = await openScim();
});

const create = (fields: Record<string, unknown> = {}, client = scim) => createUser(client, fields);
const created = async (fields: Record<string, unknown> = {}) => (await create(fields)).body;

describe("who may", () => {
  it("a SCIM token of any account, and an ordinary one of an Admin; nobody else (A1, T10)", async () => {
    for (const client of [await openScim("Member"), await openScim("Admin", { scim: false })])
      expect((await create({}, client)).status).toBe(201);
    const manager = await openScim("Manager", { scim: false });
    for (const answer of [
      await create({}, manager),
      await manager.get("/Users"),
      await manager.get("/Groups"),
      await manager.get("/Schemas"),
      await manager.get("/Users/1"),
      await manager.post("/Groups", { displayName: "x" }),
      await manager.delete("/Users/1"),
      await manager.get("?filter=id%20pr"),
    ])
      expect(answer).toMatchObject({ status: 403, body: { status: "403" } });
  });

  it("no token and a bad one are 401 that names the scheme", async () => {
    const answer = await new ScimClient("lk_scim_nonsense").get("/Users");
    expect(answer).toMatchObject({ status: 401, body: { status: "401" } });
    expect(answer.headers.get("www-authenticate")).toMatch(/^Bearer error="invalid_token"/);
    const none = await scim.get("/Users", { authorization: "" });
    expect([none.status, none.headers.get("www-authenticate")]).toEqual([401, "Bearer"]);
  });

  it("service accounts are not to be seen or changed", async () => {
    const robot = await service("Member");
    const path = `/Users/${robot.user.id}`;
    const answers = [
      await scim.get(path),
      await scim.put(path, { userName: unique() }),
      await scim.change(path, { op: "replace", path: "active", value: false }),
      await scim.delete(path),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    expect(await scim.find("Users", `userName eq "${robot.user.userId}"`)).toEqual([]);
    expect(await rowOf(String(robot.user.id))).toMatchObject({ active: true });
  });

  it("people who were made here are there too", async () => {
    const { user } = await person("Editor");
    const { body } = await scim.get(`/Users/${user.id}`);
    expect(body).toMatchObject({
      userName: user.userId,
      displayName: user.name,
      name: { formatted: user.name },
      emails: [{ value: user.userId, type: "work", primary: true }],
    });
    for (const attribute of ["displayName", "name.formatted"])
      expect(await scim.find("Users", `${attribute} eq "${user.name.toUpperCase()}"`)).toHaveLength(1);
  });

  it("with the name whole: which part is whose is the provider's to say, beside it or in its place", async () => {
    const [one, two] = [(await person("Member")).user, (await person("Member")).user];
    const given = async (id: number | null, name: string) =>
      (await scim.find("Users", `id eq "${id}" and name.${name} pr`)).length;
    expect(await given(one.id, "familyName")).toBe(0);
    await updateUser(system(), one.id ?? 0, { name: "Ada King" });
    expect((await scim.get(`/Users/${one.id}`)).body.name).toEqual({ formatted: "Ada King" });

    const patched = await scim.change(
      `/Users/${one.id}`,
      { op: "add", path: "name.givenName", value: "Ada" },
      { op: "add", path: "name.familyName", value: "King" },
    );
    expect(patched.body.name).toEqual({ formatted: "Ada King", givenName: "Ada", familyName: "King" });
    expect(await given(one.id, "familyName")).toBe(1);
    const name = { givenName: "Grace", familyName: "Hopper" };
    expect((await scim.put(`/Users/${two.id}`, { userName: two.userId, name })).body.name).toEqual(name);
    expect(await given(two.id, "formatted")).toBe(0);
  });

  describe("made by a version that didn't give it whole", () => {
    async function madeLongAgo() {
      const { user } = await person("Member");
      const attributes = { displayName: user.name };
      const attributesKey = { displayName: user.name.toLowerCase() };
      await db()
        .update(users)
        .set({ attributes, attributesKey })
        .where(eq(users.id, user.id ?? 0));
      return { ...user, path: `/Users/${user.id}` };
    }
    const findsName = async ({ id }: { id: number | null }, condition: string) =>
      (await scim.find("Users", `id eq "${id}" and ${condition}`)).length === 1;

    it("is given so all the same, and found by it", async () => {
      const old = await madeLongAgo();
      expect((await scim.get(old.path)).body.name).toEqual({ formatted: old.name });
      expect(await findsName(old, `name.formatted eq "${old.name.toUpperCase()}"`)).toBe(true);
      expect(await findsName(old, `name.formatted sw "pers"`)).toBe(true);
      expect(await findsName(old, `name.formatted eq "somebody else"`)).toBe(false);
      expect(await findsName(old, "name.formatted pr and name pr")).toBe(true);
      expect(await findsName(old, "name.givenName pr")).toBe(false);
    });

    it("keeps it, at its version, when a provider takes the person over and changes nothing", async () => {
      const old = await madeLongAgo();
      const before = (await scim.get(old.path)).body;
      expect((await scim.change(old.path, { op: "replace", path: "active", value: true })).body).toEqual(
        before,
      );
      expect((await scim.get(old.path)).body).toEqual(before);
      expect(await findsName(old, `name.formatted eq "${old.name}"`)).toBe(true);
    });

    it("stands beside what a provider adds, and goes when it is unassigned", async () => {
      const old = await madeLongAgo();
      const added = await scim.change(old.path, { op: "add", path: "name.givenName", value: "Ada" });
      expect(added.body.name).toEqual({ formatted: old.name, givenName: "Ada" });
      const removed = await scim.change(old.path, { op: "remove", path: "name" });
      expect(removed.body).not.toHaveProperty("name");
      expect(await findsName(old, "name pr")).toBe(false);
    });
  });
});

it("of what is asked for, that of which nothing is left is absent", async () => {
  const { id, schemas } = await created({
    name: { givenName: "Ann" },
    emails: [{ value: "a@example.com", display: "A" }, { value: "b@example.com" }],
    [enterprise]: { manager: { value: "1" } },
  });
  const read = async (query: string) => (await scim.get(`/Users/${id}?${query}`)).body;
  const urn = `${enterprise}:`;
  expect(await read(`attributes=name.familyName,emails.type,${urn}manager.displayName`)).toEqual({
    schemas,
    id,
  });
  expect(await read("attributes=emails.display")).toEqual({ schemas, id, emails: [{ display: "A" }] });
  const rest = await read(`excludedAttributes=name.givenName,emails.value,${urn}manager.value`);
  expect(Object.keys(rest).sort()).toEqual(["active", "emails", "id", "meta", "schemas", "userName"]);
  expect(rest.emails).toEqual([{ display: "A" }]);
});

describe("replacing", () => {
  it("unassigns what isn't sent, keeps id and active, and answers 200", async () => {
    const { id, userName } = await created({ nickName: "Babs", active: false, title: "Boss" });
    const answer = await scim.put(`/Users/${id}`, { id: "another", userName, title: "Tour Guide", meta: {} });
    expect(answer).toMatchObject({ status: 200, body: { id, title: "Tour Guide", active: false } });
    expect(answer.body).not.toHaveProperty("nickName");
  });

  it("never creates (404), and takes a userName (400)", async () => {
    expect((await scim.put("/Users/999999999", { userName: unique() })).status).toBe(404);
    expect((await scim.put("/Users/nonsense", { userName: unique() })).status).toBe(404);
    const { id } = await created();
    expect((await scim.put(`/Users/${id}`, { title: "x" })).status).toBe(400);
  });

  it("a taken userName is 409 uniqueness", async () => {
    const [one, two] = [await created(), await created()];
    expect(await scim.put(`/Users/${two.id}`, { userName: one.userName })).toMatchObject({
      status: 409,
      body: { scimType: "uniqueness" },
    });
  });

  it("what changes nothing moves neither version nor moment, and leaves no entry", async () => {
    const before = await created({ nickName: "Babs", emails: [{ value: "x@y", type: "work" }] });
    const answer = await scim.put(`/Users/${before.id}`, before);
    expect(answer.body).toEqual(before);
    expect(await auditOf(before.id)).toHaveLength(1);
  });
});

describe("versions (RFC 7644 §3.14)", () => {
  it("a wrong If-Match is 412 and changes nothing; the right one, * and none will do", async () => {
    const { id, userName, meta } = await created();
    const wrong = { "if-match": 'W/"nonsense"' };
    const answers = [
      await scim.put(`/Users/${id}`, { userName, title: "x" }, wrong),
      await scim.patch(`/Users/${id}`, { Operations: [{ op: "add", path: "title", value: "x" }] }, wrong),
      await scim.delete(`/Users/${id}`, wrong),
    ];
    expect(answers.map(({ status, body }) => [status, body.status])).toEqual(Array(3).fill([412, "412"]));
    const right = await scim.put(`/Users/${id}`, { userName, title: "x" }, { "if-match": meta.version });
    expect(right.status).toBe(200);
    expect(right.body.meta.version).not.toBe(meta.version);
    for (const quoted of ['"*"', 'W/"*"', "W/*"])
      expect((await scim.delete(`/Users/${id}`, { "if-match": quoted })).status).toBe(412);
    expect((await scim.delete(`/Users/${id}`, { "if-match": "*" })).status).toBe(204);
  });

  it("a deletion looks at the version when nobody can change it any more", async () => {
    const { id, meta } = await created();
    let answer: ReturnType<typeof scim.delete> | undefined;
    await transaction(async (tx) => {
      await tx
        .update(users)
        .set({ externalId: "another" })
        .where(eq(users.id, Number(id)));
      answer = scim.delete(`/Users/${id}`, { "if-match": meta.version });
      await untilSomebodyWaits();
    });
    expect((await answer)?.status).toBe(412);
    expect((await scim.get(`/Users/${id}`)).status).toBe(200);
  });

  it("If-None-Match with the version that is there is 304, empty", async () => {
    const { id, meta } = await created();
    const answer = await scim.get(`/Users/${id}`, { "if-none-match": meta.version });
    expect([answer.status, answer.body]).toEqual([304, undefined]);
    await scim.post("/Groups", { displayName: unique("Team"), members: [{ value: id }] });
    expect((await scim.get(`/Users/${id}`, { "if-none-match": meta.version })).status).toBe(200);
  });
});

describe("leaving", () => {
  it("deactivation ends sessions and stops tokens at once; reactivation brings tokens back (A6)", async () => {
    const { id } = await created({ emails: [{ value: "leaver@example.com" }] });
    const row = await rowOf(id);
    const principal = {
      user: {
        id: Number(id),
        userId: row?.userId ?? "",
        name: "x",
        userType: "User" as const,
        role: "Member" as const,
      },
      request: system().request,
    };
    const { bearer_token } = await issueToken(principal, {
      name: "mine",
      user_id: Number(id),
      expires_in_days: 30,
      scim: false,
    });
    const at = new Date();
    await transaction((tx) => insertSignIn(tx, { id: Number(id), name: "x", email: "leaver@example.com" }));
    await db()
      .insert(sessions)
      .values({
        userId: Number(id),
        token: `session of ${id}`,
        expiresAt: at,
        createdAt: at,
        updatedAt: at,
        lastActiveAt: at,
      });
    const set = (active: unknown) =>
      scim.change(`/Users/${id}`, { op: "replace", path: "active", value: active });

    expect((await set(false)).body.active).toBe(false);
    expect(await verifyToken(bearer_token)).toMatchObject({ refusal: "account deactivated" });
    expect(await db().$count(sessions, eq(sessions.userId, Number(id)))).toBe(0);
    expect((await scim.get(`/Users/${id}`)).body.active).toBe(false);
    expect(await scim.find("Users", `id eq "${id}" and active eq false`)).toHaveLength(1);

    expect((await set(true)).body.active).toBe(true);
    expect(await verifyToken(bearer_token)).toMatchObject({ user: { id: Number(id) } });
    expect((await auditOf(id)).map(({ action }) => action)).toEqual([
      "user.created",
      "user.deactivated",
      "user.reactivated",
    ]);
  });

  it("the last administrator who can sign in stays (A7)", async () => {
    const { user } = await person("Admin");
    const id = user.id ?? 0;
    await transaction(async (tx) => {
      const { setPassword } = await import("@/lib/sign-in/credentials");
      await setPassword(tx, id, "correct horse battery staple");
    });
    const answers = [
      await scim.change(`/Users/${id}`, { op: "replace", value: { active: false } }),
      await scim.put(`/Users/${id}`, { userName: user.userId, active: false }),
      await scim.put(`/Users/${id}`, { userName: user.userId, roles: ["Member"] }),
      await scim.delete(`/Users/${id}`),
    ];
    expect(answers.map(({ status }) => status)).toEqual([409, 409, 409, 409]);
    expect(answers[0]?.body.detail).toContain("last active administrator");
    expect(await rowOf(String(id))).toMatchObject({ active: true, role: "Admin" });
  });

  it("a deleted person is gone: 204, then 404, found by no filter, and the userName is free", async () => {
    const { id, userName } = await created();
    expect(await scim.delete(`/Users/${id}`)).toMatchObject({ status: 204, body: undefined });
    expect((await scim.get(`/Users/${id}`)).status).toBe(404);
    expect((await scim.delete(`/Users/${id}`)).status).toBe(404);
    expect(await scim.find("Users", `userName eq "${userName}"`)).toEqual([]);
    expect((await create({ userName })).status).toBe(201);
  });
});

it("the audit log says what, before and after, and by which token", async () => {
  const { id } = await created({ title: "Boss", [enterprise]: { department: "Sales" } });
  await scim.change(`/Users/${id}`, { op: "replace", path: `${enterprise}:department`, value: "Marketing" });
  const [first, second] = await auditOf(id);
  expect(first).toMatchObject({
    action: "user.created",
    tokenName: "provider",
    actorUserId: expect.stringMatching(/@service$/),
  });
  expect(second).toMatchObject({
    action: "user.changed",
    tokenName: "provider",
    before: { attributes: { [enterprise]: { department: "Sales" } } },
    after: { attributes: { [enterprise]: { department: "Marketing" } } },
  });
});
