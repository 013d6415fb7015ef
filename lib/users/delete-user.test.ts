import { and, eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { db, transaction } from "@/db/client";
import { auditEvents, credentials, sessions, signIns, teamMembers, teams, tokens, users } from "@/db/schema";
import { heldTransaction } from "@/e2e/database/held-transaction";
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
  untilSomebodyWaits,
} from "@/e2e/database/instance";
import type { Principal } from "@/lib/access/principal";
import { signInPerson } from "@/lib/sign-in/sign-in-person";
import { touchTeams } from "@/lib/teams/touch-teams";
import { issueToken } from "@/lib/tokens/issue-token";
import { flushUses, noteUse } from "@/lib/tokens/use-batch";
import { verifyToken } from "@/lib/tokens/verify-token";
import { requireAnotherAdministrator } from "@/lib/users/administrators";
import { createServiceAccount } from "@/lib/users/create-service-account";
import { deleteUser } from "@/lib/users/delete-user";
import { findUser } from "@/lib/users/find-user";
import { updateUser } from "@/lib/users/update-user";

openTestInstance();

beforeAll(() => makeTeams("Data Engineering"));

const newToken = (account: Principal, name: string) =>
  issueToken(system(), { user_id: idOf(account), name, expires_in_days: 30, scim: false });

/** Takes everybody's password away, so that the administrators made next are all that can sign in. */
async function withoutAdministrators(): Promise<void> {
  await db().delete(credentials);
}

describe("deleting an account (A6)", () => {
  it("takes its tokens along, at once, and leaves its teams", async () => {
    const account = await service("Editor", ["Data Engineering"]);
    const { bearer_token } = await newToken(account, "production");
    await deleteUser(system(), idOf(account));
    expect(await verifyToken(bearer_token)).toEqual({ refusal: "unknown" });
    expect(await problemOf(findUser(system(), idOf(account)))).toMatchObject({ status: 404 });
    expect(await db().$count(tokens, eq(tokens.userId, idOf(account)))).toBe(0);
    expect(await db().$count(teamMembers, eq(teamMembers.userId, idOf(account)))).toBe(0);
  });

  it("ends the sessions of a person, who can't sign in any more", async () => {
    const leaving = await administrator();
    await administrator();
    const credentialsOf = { email: leaving.user.userId, password };
    await signInPerson(testRequest, credentialsOf);
    expect(await db().$count(sessions, eq(sessions.userId, idOf(leaving)))).toBe(1);
    await deleteUser(system(), idOf(leaving));
    expect(await db().$count(sessions, eq(sessions.userId, idOf(leaving)))).toBe(0);
    expect(await db().$count(signIns, eq(signIns.id, idOf(leaving)))).toBe(0);
    expect(await problemOf(signInPerson(testRequest, credentialsOf))).toMatchObject({ status: 401 });
  });

  it("sets the user_id free, but not the number", async () => {
    const input = { user_type: "Service" as const, name: "Come Again", role: "Member" as const, teams: [] };
    const first = await createServiceAccount(system(), input);
    await deleteUser(system(), first.id);
    const second = await createServiceAccount(system(), input);
    expect(second.user_id).toBe(first.user_id);
    expect(second.id).toBeGreaterThan(first.id);
  });

  it("leaves what the account has made, by nobody", async () => {
    const maker = await administrator();
    await administrator();
    const { id } = await createServiceAccount(maker, {
      user_type: "Service",
      name: "Made By One Who Left",
      role: "Member",
      teams: [],
    });
    expect(await findUser(system(), id)).toMatchObject({ created_by: { id: idOf(maker) } });
    await deleteUser(system(), idOf(maker));
    expect(await findUser(system(), id)).toMatchObject({ created_by: null });
  });

  it("is recorded with what it was, its teams and the names of its tokens, never a secret", async () => {
    const account = await service("Editor", ["Data Engineering"]);
    const { bearer_token } = await newToken(account, "production");
    await newToken(account, "staging");
    await deleteUser(system(), idOf(account));
    const [entry] = await db()
      .select()
      .from(auditEvents)
      .where(and(eq(auditEvents.action, "service_account.deleted"), eq(auditEvents.targetId, idOf(account))));
    expect(entry).toMatchObject({
      targetName: account.user.userId,
      before: {
        name: account.user.name,
        role: "Editor",
        teams: ["Public", "Data Engineering"],
        tokens: ["production", "staging"],
        token_count: 2,
      },
      after: null,
    });
    expect(JSON.stringify(entry)).not.toContain(bearer_token);
  });

  it("waits for nobody who notes the use of its tokens, and they for nobody", async () => {
    const account = await service("Member");
    for (let round = 0; round < 10; round++) {
      const doomed = await service("Member");
      const { id } = await newToken(doomed, "t");
      const { id: living } = await newToken(account, `t${round}`);
      for (const token of [id, living]) noteUse(token, "192.0.2.1", "test");
      await Promise.all([flushUses(), deleteUser(system(), idOf(doomed))]);
    }
    expect(await db().$count(users, eq(users.id, idOf(account)))).toBe(1);
  });

  it("of anybody but an administrator waits for nobody who takes one of those away", async () => {
    const leaving = await administrator();
    await administrator();
    const other = await heldTransaction((tx) =>
      requireAnotherAdministrator(tx, { id: idOf(leaving), name: leaving.user.name }),
    );
    try {
      for (const account of [await person("Member"), await service("Admin")]) {
        const deleting = deleteUser(system(), idOf(account));
        await Promise.race([deleting, untilSomebodyWaits()]);
        expect(await db().$count(users, eq(users.id, idOf(account)))).toBe(0);
        await deleting;
      }
    } finally {
      await other.letGo();
    }
  });

  it("of a person who joins a team meanwhile doesn't wait for the team while others wait for the person", async () => {
    await makeTeams("Joined Meanwhile");
    const [team] = await db().select().from(teams).where(eq(teams.name, "Joined Meanwhile"));
    const teamId = team?.id ?? 0;
    const userId = idOf(await person("Member"));
    const joining = await heldTransaction((tx) =>
      tx.insert(teamMembers).values({ userId, teamId, position: 0 }),
    );
    const deleting = deleteUser(system(), userId);
    await untilSomebodyWaits();
    let tries = 0;
    const other = transaction(async (tx) => {
      if (++tries > 1) return;
      // Of two that wait for each other it is this one that is told so.
      await tx.execute(sql`set local deadlock_timeout = '10ms'`);
      await touchTeams(tx, [teamId]);
      await joining.letGo();
      await untilSomebodyWaits();
      await tx.select().from(users).where(eq(users.id, userId)).for("key share");
    });
    await Promise.all([other, deleting]);
    expect(tries).toBe(1);
    expect(await db().$count(users, eq(users.id, userId))).toBe(0);
  });

  it("is an Admin's (A1)", async () => {
    const account = await service("Member");
    for (const role of ["Manager", "Editor", "Member"] as const)
      expect(await problemOf(deleteUser(await person(role), idOf(account)))).toMatchObject({ status: 403 });
  });

  it("of nobody is 404; so is the second time", async () => {
    expect(await problemOf(deleteUser(system(), 999_999))).toMatchObject({ status: 404 });
    const account = await service("Member");
    await deleteUser(system(), idOf(account));
    expect(await problemOf(deleteUser(system(), idOf(account)))).toMatchObject({ status: 404 });
  });
});

it("a deletion goes on from the version it was made for alone, where one is named (412)", async () => {
  const id = (await service("Member")).user.id ?? 0;
  const { version } = await findUser(system(), id);
  await updateUser(system(), id, { description: "still wanted" });
  expect(await problemOf(deleteUser(system(), id, `"${version}"`))).toMatchObject({
    status: 412,
    code: "changed_meanwhile",
  });
  const { version: seen } = await findUser(system(), id);
  await deleteUser(system(), id, `"${seen}"`);
  expect(await problemOf(findUser(system(), id))).toMatchObject({ status: 404 });
});

describe("who can't be deleted (A7)", () => {
  it("oneself, by session or token", async () => {
    await administrator();
    const admin = await administrator();
    expect(await problemOf(deleteUser(admin, idOf(admin)))).toMatchObject({
      code: "own_account",
      status: 409,
    });
    const robot = await service("Admin");
    expect(await problemOf(deleteUser(robot, idOf(robot)))).toMatchObject({ code: "own_account" });
  });

  it("the last active Admin who can sign in", async () => {
    await withoutAdministrators();
    const last = await administrator();
    await service("Admin");
    await person("Admin");
    expect(await problemOf(deleteUser(system(), idOf(last)))).toMatchObject({
      code: "last_administrator",
      status: 409,
    });
    await administrator();
    await deleteUser(system(), idOf(last));
  });

  it("both of the last two at once, from two tabs, each its way: exactly one goes", async () => {
    for (let round = 0; round < 5; round++) {
      await withoutAdministrators();
      const [one, two] = [await administrator(), await administrator()];
      const results = await Promise.allSettled([
        deleteUser(two, idOf(one)),
        round % 2 ? deleteUser(one, idOf(two)) : updateUser(one, idOf(two), { role: "Member" }),
      ]);
      expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    }
  });
});
