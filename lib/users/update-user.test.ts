import { and, eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { auditEvents, sessions, teamMembers, teams, users } from "@/db/schema";
import {
  administrator,
  idOf,
  makeTeams,
  openTestInstance,
  password,
  person,
  problemOf,
  service,
  system,
  testRequest,
} from "@/e2e/database/instance";
import { signInPerson } from "@/lib/sign-in/sign-in-person";
import { changeTeamMembers } from "@/lib/teams/change-team-members";
import { createTeam } from "@/lib/teams/create-team";
import { updateTeam } from "@/lib/teams/update-team";
import { issueToken } from "@/lib/tokens/issue-token";
import { verifyToken } from "@/lib/tokens/verify-token";
import { createPerson } from "@/lib/users/create-person";
import { findUser } from "@/lib/users/find-user";
import { updateUser } from "@/lib/users/update-user";

openTestInstance();

beforeAll(() => makeTeams("Data Engineering", "Finance"));

describe("changing an account", () => {
  it("changes what is given and keeps the rest, the id too", async () => {
    const account = await service("Member", ["Finance"]);
    const changed = await updateUser(system(), idOf(account), {
      name: "Renamed",
      description: "what it is for",
    });
    expect(changed).toMatchObject({
      user_id: account.user.userId,
      name: "Renamed",
      role: "Member",
      teams: ["Public", "Finance"],
      description: "what it is for",
    });
    expect(await updateUser(system(), idOf(account), { teams: ["data engineering"] })).toMatchObject({
      teams: ["Public", "Data Engineering"],
    });
  });

  it("refuses unknown teams and changes nothing", async () => {
    const account = await service("Member", ["Finance"]);
    const refusal = await problemOf(updateUser(system(), idOf(account), { role: "Editor", teams: ["Nope"] }));
    expect(refusal).toMatchObject({ status: 422, fields: ["teams"] });
    expect(await updateUser(system(), idOf(account), {})).toMatchObject({
      role: "Member",
      teams: ["Public", "Finance"],
    });
  });

  it("records what was and what is; a change that changes nothing leaves no entry", async () => {
    const account = await service("Member");
    const entries = () =>
      db()
        .select()
        .from(auditEvents)
        .where(eq(auditEvents.targetName, account.user.userId))
        .orderBy(auditEvents.id);
    await updateUser(system(), idOf(account), { role: "Member" });
    expect(await entries()).toHaveLength(1);
    await updateUser(system(), idOf(account), { role: "Editor" });
    expect((await entries())[1]).toMatchObject({
      action: "service_account.changed",
      before: { role: "Member" },
      after: { role: "Editor" },
    });
  });

  it("goes on from the version it was made for alone, where one is named (412)", async () => {
    const id = idOf(await service("Member"));
    const { version } = await findUser(system(), id);
    const changed = await updateUser(system(), id, { role: "Editor" }, `"${version}"`);
    expect(changed.version).not.toBe(version);
    expect(await problemOf(updateUser(system(), id, { role: "Member" }, `"${version}"`))).toMatchObject({
      code: "changed_meanwhile",
      status: 412,
    });
    expect(await findUser(system(), id)).toMatchObject({ role: "Editor", version: changed.version });
    for (const ifMatch of [`W/"${changed.version}"`, `"x", "${changed.version}"`, "*", null])
      expect(await updateUser(system(), id, {}, ifMatch)).toMatchObject({ version: changed.version });
    expect(await problemOf(updateUser(system(), id, {}, changed.version))).toMatchObject({ status: 412 });
  });

  it("is an Admin's (A1)", async () => {
    const account = await service("Member");
    for (const role of ["Manager", "Editor", "Member"] as const)
      expect(await problemOf(updateUser(await person(role), idOf(account), { name: "x" }))).toMatchObject({
        status: 403,
      });
  });

  it("of nobody is 404", async () => {
    expect(await problemOf(updateUser(system(), 999_999, { name: "x" }))).toMatchObject({ status: 404 });
  });
});

describe("what an identity provider manages (A8)", () => {
  const provisioned = { provisionedAt: new Date("2026-01-02T03:04:05Z"), provisionedByTokenName: "entra" };
  const provision = (id: number, attributes: Record<string, unknown> = {}) =>
    db()
      .update(users)
      .set({ ...provisioned, attributes })
      .where(eq(users.id, id));

  it("is said of the account: by which token, when, and which fields", async () => {
    const id = idOf(await person("Member"));
    await provision(id);
    const managed_by = { token: "entra", written_at: "2026-01-02T03:04:05Z", fields: ["name"] };
    expect(await findUser(system(), id)).toMatchObject({ managed_by });
    await provision(id, { roles: [{ value: "Editor" }] });
    expect(await findUser(system(), id)).toMatchObject({
      managed_by: { ...managed_by, fields: ["name", "role"] },
    });
    expect(await findUser(system(), idOf(await person("Member")))).toMatchObject({ managed_by: null });
  });

  it("is refused: the name, and the role where the provider gives it; the rest is changed here", async () => {
    const id = idOf(await person("Member"));
    await provision(id);
    const refused = (changes: Parameters<typeof updateUser>[2]) =>
      problemOf(updateUser(system(), id, changes));
    expect(await refused({ name: "Another" })).toMatchObject({
      code: "provider_managed",
      status: 409,
      fields: ["name"],
    });
    const { name } = await findUser(system(), id);
    expect(await updateUser(system(), id, { name, role: "Editor", description: "here" })).toMatchObject({
      role: "Editor",
      description: "here",
    });
    await provision(id, { roles: [{ value: "Editor" }] });
    expect(await refused({ role: "Member" })).toMatchObject({ code: "provider_managed", fields: ["role"] });
    expect(await updateUser(system(), id, { active: false })).toMatchObject({ active: false });
  });

  it("is which people are in its teams; service accounts come and go here", async () => {
    const name = "Provisioned Team";
    const team = await createTeam(system(), { name, description: null });
    await db().update(teams).set(provisioned).where(eq(teams.id, team.id));
    const [them, robot] = [idOf(await person("Member")), idOf(await service("Member"))];
    const refusal = { code: "provider_managed", status: 409 };

    expect(await problemOf(updateUser(system(), them, { teams: [name] }))).toMatchObject({
      ...refusal,
      fields: ["teams"],
    });
    expect(
      await problemOf(changeTeamMembers(system(), team.id, { add: [robot, them], remove: [] })),
    ).toMatchObject({ ...refusal, fields: ["add"] });
    expect(
      await problemOf(
        createPerson(system(), {
          user_type: "User",
          name: "New",
          email: "new@example.com",
          role: "Member",
          teams: [name],
        }),
      ),
    ).toMatchObject(refusal);
    expect(await problemOf(updateTeam(system(), team.id, { name: "Mine" }))).toMatchObject({
      ...refusal,
      fields: ["name"],
    });
    expect(await updateTeam(system(), team.id, { name, description: "here" })).toMatchObject({
      description: "here",
      member_count: 0,
      managed_by: { token: "entra", fields: ["name", "members"] },
    });

    await changeTeamMembers(system(), team.id, { add: [robot], remove: [] });
    expect(await updateUser(system(), robot, { teams: [] })).toMatchObject({ teams: ["Public"] });
    await db().insert(teamMembers).values({ userId: them, teamId: team.id, position: 0 });
    expect(await updateUser(system(), them, { teams: [name, "Finance"] })).toMatchObject({
      teams: ["Public", name, "Finance"],
    });
    expect(await problemOf(changeTeamMembers(system(), team.id, { add: [], remove: [them] }))).toMatchObject({
      ...refusal,
      fields: ["remove"],
    });
  });
});

describe("deactivating (A6)", () => {
  it("stops the tokens; reactivating brings them back", async () => {
    const account = await service("Member");
    const { bearer_token } = await issueToken(system(), {
      user_id: idOf(account),
      name: "t",
      expires_in_days: 1,
      scim: false,
    });
    await updateUser(system(), idOf(account), { active: false });
    expect(await verifyToken(bearer_token)).toMatchObject({ refusal: "account deactivated" });
    await updateUser(system(), idOf(account), { active: true });
    expect(await verifyToken(bearer_token)).toHaveProperty("user");
  });

  it("ends the sessions of a person and keeps them from signing in", async () => {
    const leaving = await administrator();
    await administrator();
    await signInPerson(testRequest, { email: leaving.user.userId, password });
    expect(await db().$count(sessions, eq(sessions.userId, idOf(leaving)))).toBe(1);
    await updateUser(system(), idOf(leaving), { active: false });
    expect(await db().$count(sessions, eq(sessions.userId, idOf(leaving)))).toBe(0);
    expect(
      await problemOf(signInPerson(testRequest, { email: leaving.user.userId, password })),
    ).toMatchObject({ status: 401 });
  });
});

describe("who can't be taken away (A7)", () => {
  const activeAdmins = () =>
    db()
      .select({ id: users.id })
      .from(users)
      .where(and(eq(users.userType, "User"), eq(users.role, "Admin"), users.active));

  it("oneself: neither role nor activity", async () => {
    const admin = await administrator();
    await administrator();
    expect(await problemOf(updateUser(admin, idOf(admin), { role: "Member" }))).toMatchObject({
      code: "own_account",
      status: 409,
    });
    expect(await problemOf(updateUser(admin, idOf(admin), { active: false }))).toMatchObject({
      code: "own_account",
    });
    expect(await updateUser(admin, idOf(admin), { name: "Still Me", role: "Admin" })).toMatchObject({
      name: "Still Me",
    });
  });

  it("the last active Admin who can sign in: a service account and one without a password don't count", async () => {
    const admins = await activeAdmins();
    const last = await administrator();
    for (const { id } of admins) await updateUser(system(), id, { active: false });
    await service("Admin");
    await person("Admin");
    for (const change of [{ role: "Manager" as const }, { active: false }])
      expect(await problemOf(updateUser(system(), idOf(last), change))).toMatchObject({
        code: "last_administrator",
        status: 409,
      });
  });

  it("both of the last two at once, from two tabs: one stays", async () => {
    const before = await activeAdmins();
    const [one, two] = [await administrator(), await administrator()];
    for (const { id } of before) await updateUser(system(), id, { active: false });
    const results = await Promise.allSettled([
      updateUser(two, idOf(one), { role: "Member" }),
      updateUser(one, idOf(two), { role: "Member" }),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });
});
