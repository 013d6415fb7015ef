import { eq } from "drizzle-orm";
import { Client } from "pg";
import { describe, expect, it } from "vitest";
import { db, pool, transaction } from "@/db/client";
import { teams, tokens } from "@/db/schema";
import { newToken, openTestGate } from "@/e2e/database/gate";
import { service, system } from "@/e2e/database/instance";
import { days } from "@/lib/clock";
import { announce } from "@/lib/gate/announce";
import { changeTeamMembers } from "@/lib/teams/change-team-members";
import { createTeam } from "@/lib/teams/create-team";
import { deleteTeam } from "@/lib/teams/delete-team";
import { updateTeam } from "@/lib/teams/update-team";
import { changeToken } from "@/lib/tokens/change-token";
import { mintToken } from "@/lib/tokens/format";
import { insertToken } from "@/lib/tokens/insert-token";
import { issueToken } from "@/lib/tokens/issue-token";
import { deleteUser } from "@/lib/users/delete-user";
import { updateUser } from "@/lib/users/update-user";

const { inside, queryCount, setClock, statusOf, verify } = openTestGate();

describe("changes are followed at once", () => {
  it("revoked and restored (T6)", async () => {
    const { secret, tokenId } = await newToken();
    expect(await statusOf(secret)).toBe(200);
    await changeToken(system(), tokenId, { revoke: true });
    await expect.poll(() => statusOf(secret)).toBe(401);
    await changeToken(system(), tokenId, { revoke: false });
    await expect.poll(() => statusOf(secret)).toBe(200);
  });

  it("deactivated and reactivated, role and teams of the account (A6)", async () => {
    const { secret, userId } = await newToken("Editor");
    expect(await statusOf(secret, "/verify?role=Editor")).toBe(200);
    await updateUser(system(), userId, { role: "Member" });
    await expect.poll(() => statusOf(secret, "/verify?role=Editor")).toBe(403);
    await updateUser(system(), userId, { teams: ["Data Engineering"] });
    await expect.poll(() => statusOf(secret, "/verify?team=Data%20Engineering")).toBe(200);
    await updateUser(system(), userId, { active: false });
    await expect.poll(() => statusOf(secret)).toBe(401);
    await updateUser(system(), userId, { active: true });
    await expect.poll(() => statusOf(secret)).toBe(200);
  });

  it("joining and leaving a team, its new name, its end; the end of the account (A6)", async () => {
    const { secret, userId } = await newToken("Editor");
    const team = await createTeam(system(), { name: "Joined Later", description: null });
    const teams = async () => (await verify(secret)).headers.get("x-latchkey-teams");
    const follows = (what: () => Promise<unknown>, becomes: unknown) => expect.poll(what).toBe(becomes);
    expect(await teams()).toBe("Public");
    await changeTeamMembers(system(), team.id, { add: [userId], remove: [] });
    await follows(teams, "Public,Joined%20Later");
    await updateTeam(system(), team.id, { name: "Renamed" });
    await follows(teams, "Public,Renamed");
    await changeTeamMembers(system(), team.id, { add: [], remove: [userId] });
    await follows(teams, "Public");
    await changeTeamMembers(system(), team.id, { add: [userId], remove: [] });
    await follows(teams, "Public,Renamed");
    await deleteTeam(system(), team.id);
    await follows(teams, "Public");
    await deleteUser(system(), userId);
    await follows(() => statusOf(secret), 401);
  });

  it("reactivated, with one token revoked and one expired meanwhile: only the rest come back (A6)", async () => {
    const { secret, tokenId, userId } = await newToken();
    const issue = (name: string, expires_in_days: number) =>
      issueToken(system(), { user_id: userId, name, expires_in_days, scim: false });
    const [brief, lasting] = [await issue("brief", 1), await issue("lasting", 30)];
    expect(await statusOf(lasting.bearer_token)).toBe(200);
    await updateUser(system(), userId, { active: false });
    await changeToken(system(), tokenId, { revoke: true });
    await expect.poll(() => statusOf(lasting.bearer_token)).toBe(401);
    setClock(() => Date.now() + days(2));
    await updateUser(system(), userId, { active: true });
    await expect.poll(() => statusOf(lasting.bearer_token)).toBe(200);
    expect(await statusOf(secret)).toBe(401);
    expect(await statusOf(brief.bearer_token)).toBe(401);
  });

  it("all tokens of an account follow it, and no other's", async () => {
    const [first, other] = [await newToken("Editor"), await newToken("Editor")];
    const second = await issueToken(system(), {
      user_id: first.userId,
      name: "second",
      expires_in_days: 1,
      scim: false,
    });
    const roleOf = async (secret: string) => (await verify(secret)).headers.get("x-latchkey-role");
    const secrets = [first.secret, second.bearer_token];
    for (const secret of [...secrets, other.secret]) expect(await roleOf(secret)).toBe("Editor");
    const known = inside().memory.size;
    await updateUser(system(), first.userId, { role: "Manager" });
    for (const secret of secrets) await expect.poll(() => roleOf(secret)).toBe("Manager");
    expect(inside().memory.size).toBe(known);
  });

  it("a team's change drops those in it", async () => {
    const { secret } = await newToken("Editor", ["Data Engineering"]);
    expect(await statusOf(secret)).toBe(200);
    const [team] = await db().select({ id: teams.id }).from(teams).where(eq(teams.name, "Data Engineering"));
    const before = inside().memory.size;
    await transaction((tx) => announce(tx, "team", team?.id ?? 0));
    await expect.poll(() => inside().memory.size).toBeLessThan(before);
    expect(await statusOf(secret)).toBe(200);
  });

  it("a token made elsewhere works at once, though it was refused before", async () => {
    const account = await service("Member");
    const given = mintToken("svc");
    expect(await statusOf(given)).toBe(401);
    const owner = { id: account.user.id ?? 0, name: account.user.name, userType: "Service" as const };
    await transaction((tx) =>
      insertToken(tx, system(), owner, { name: "given", expires_in_days: null, scim: false }, { given }),
    );
    await expect.poll(() => statusOf(given)).toBe(200);
  });

  it("a clock that is set back makes no proof last longer, and none shorter", async () => {
    const { secret } = await newToken();
    expect(await statusOf(secret)).toBe(200);
    setClock(() => Date.now() - days(1));
    const { secret: another } = await newToken();
    const questions = async () => {
      const asked = queryCount();
      for (const good of [secret, another]) expect(await statusOf(good)).toBe(200);
      return queryCount() - asked;
    };
    await expect.poll(questions).toBe(0);
  });

  it("expiry and the end of an overlap need no message", async () => {
    const { secret, tokenId } = await newToken();
    expect(await statusOf(secret)).toBe(200);
    const [row] = await db().select().from(tokens).where(eq(tokens.id, tokenId));
    const end = row?.expiresAt?.getTime() ?? 0;
    setClock(() => end - 1);
    // The feed's proof is as old as the clock was moved: keep it fresh by asking the database.
    expect(await statusOf(secret)).toBe(200);
    setClock(() => end);
    expect(await statusOf(secret)).toBe(401);

    setClock(() => Date.now());
    const rotated = await newToken();
    const retiresAt = Date.now() + 60_000;
    await db()
      .update(tokens)
      .set({ retiresAt: new Date(retiresAt) })
      .where(eq(tokens.id, rotated.tokenId));
    expect(await statusOf(rotated.secret)).toBe(200);
    setClock(() => retiresAt);
    expect(await statusOf(rotated.secret)).toBe(401);
  });
});

it("a lost listening connection ends trust until another is proven", async () => {
  const { secret, tokenId } = await newToken();
  expect(await statusOf(secret)).toBe(200);
  const client = new Client({ connectionString: String(pool().options.connectionString) });
  await client.connect();
  await client.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'latchkey gate feed'",
  );
  // A change that nobody announced is what a missed announcement looks like.
  await client.query("update tokens set revoked_at = now() where id = $1", [tokenId]);
  await client.end();
  await expect.poll(() => statusOf(secret)).toBe(401);
  await expect.poll(() => inside().feed.isProven()).toBe(true);
});
