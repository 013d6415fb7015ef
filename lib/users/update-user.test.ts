import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { db, transaction } from "@/db/client";
import { auditEvents, sessions } from "@/db/schema";
import {
  openTestInstance,
  person,
  principalOf,
  problemOf,
  service,
  system,
  testRequest,
} from "@/e2e/database/instance";
import type { Principal } from "@/lib/access/principal";
import { insertAdministrator } from "@/lib/sign-in/insert-administrator";
import { signInPerson } from "@/lib/sign-in/sign-in-person";
import { insertTeam } from "@/lib/teams/create-team";
import { issueToken } from "@/lib/tokens/issue-token";
import { verifyToken } from "@/lib/tokens/verify-token";
import { updateUser } from "@/lib/users/update-user";

openTestInstance();

const password = "a long enough password";
let made = 0;

beforeAll(async () => {
  for (const name of ["Data Engineering", "Finance"])
    await transaction((tx) => insertTeam(tx, system(), { name, description: null }));
});

/** An administrator who can sign in. */
async function administrator(): Promise<Principal> {
  const email = `administrator${++made}@example.com`;
  const { id } = await transaction((tx) =>
    insertAdministrator(tx, system(), { name: "Administrator", email, password }),
  );
  return principalOf(id);
}

const idOf = (principal: Principal) => principal.user.id ?? 0;

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

  it("records what was and what is; a change that changes nothing leaves no entry (§8)", async () => {
    const account = await service("Member");
    const entries = () =>
      db().select().from(auditEvents).where(eq(auditEvents.targetName, account.user.userId));
    await updateUser(system(), idOf(account), { role: "Member" });
    expect(await entries()).toHaveLength(1);
    await updateUser(system(), idOf(account), { role: "Editor" });
    expect((await entries())[1]).toMatchObject({
      action: "service_account.changed",
      before: { role: "Member" },
      after: { role: "Editor" },
    });
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
    const admins = (await db().query.users.findMany()).filter(
      ({ userType, role, active }) => userType === "User" && role === "Admin" && active,
    );
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
    const before = (await db().query.users.findMany()).filter(
      ({ userType, role, active }) => userType === "User" && role === "Admin" && active,
    );
    const [one, two] = [await administrator(), await administrator()];
    for (const { id } of before) await updateUser(system(), id, { active: false });
    const results = await Promise.allSettled([
      updateUser(two, idOf(one), { role: "Member" }),
      updateUser(one, idOf(two), { role: "Member" }),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });
});
