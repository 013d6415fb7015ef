import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { auditEvents, teams } from "@/db/schema";
import { idOf, openTestInstance, person, problemOf, service, system } from "@/e2e/database/instance";
import { createTeam } from "@/lib/teams/create-team";
import { deleteTeam } from "@/lib/teams/delete-team";
import { findTeam } from "@/lib/teams/find-teams";
import { publicTeamKey } from "@/lib/teams/rows";
import { updateTeam } from "@/lib/teams/update-team";
import { findUser } from "@/lib/users/find-user";

openTestInstance();

let made = 0;
const newTeam = () => createTeam(system(), { name: `Team ${++made}`, description: "what for" });

async function publicId(): Promise<number> {
  const [row] = await db().select().from(teams).where(eq(teams.nameKey, publicTeamKey));
  return row?.id ?? 0;
}

const entriesOf = (id: number, action: string) =>
  db()
    .select()
    .from(auditEvents)
    .where(
      and(eq(auditEvents.targetType, "team"), eq(auditEvents.targetId, id), eq(auditEvents.action, action)),
    )
    .orderBy(auditEvents.id);

describe("changing a team", () => {
  it("renames it; its members stay in it, under the new name", async () => {
    const team = await newTeam();
    const member = await service("Member", [team.name]);
    const name = `Renamed ${++made}`;
    expect(await updateTeam(system(), team.id, { name })).toMatchObject({
      id: team.id,
      name,
      description: "what for",
      member_count: 1,
    });
    expect(await findUser(system(), idOf(member))).toMatchObject({ teams: ["Public", name] });
  });

  it("describes it, and takes the description away", async () => {
    const team = await newTeam();
    expect(await updateTeam(system(), team.id, { description: "another" })).toMatchObject({
      name: team.name,
      description: "another",
    });
    expect(await updateTeam(system(), team.id, { description: null })).toMatchObject({ description: null });
  });

  it("to a name that another team has, ignoring case, is 409; to its own in another case is not", async () => {
    const [team, other] = [await newTeam(), await newTeam()];
    expect(await problemOf(updateTeam(system(), team.id, { name: other.name.toUpperCase() }))).toMatchObject({
      code: "name_taken",
      status: 409,
      fields: ["name"],
    });
    expect(await findTeam(system(), team.id)).toMatchObject({ name: team.name });
    expect(await updateTeam(system(), team.id, { name: team.name.toUpperCase() })).toMatchObject({
      name: team.name.toUpperCase(),
    });
  });

  it("of two who want the same name at once, one gets it", async () => {
    const [one, two] = [await newTeam(), await newTeam()];
    const name = `Wanted ${++made}`;
    const results = await Promise.allSettled([
      updateTeam(system(), one.id, { name }),
      updateTeam(system(), two.id, { name }),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("is recorded with what was and what is; nothing new leaves no entry", async () => {
    const team = await newTeam();
    await updateTeam(system(), team.id, { name: team.name, description: "what for" });
    expect(await entriesOf(team.id, "team.changed")).toEqual([]);
    await updateTeam(system(), team.id, { description: "another" });
    expect(await entriesOf(team.id, "team.changed")).toMatchObject([
      { before: { description: "what for" }, after: { description: "another" } },
    ]);
  });
});

describe("deleting a team", () => {
  it("takes its members out of it and leaves their accounts (A6); its name is free again", async () => {
    const team = await newTeam();
    const member = await service("Member", [team.name]);
    await deleteTeam(system(), team.id);
    expect(await findUser(system(), idOf(member))).toMatchObject({ teams: ["Public"] });
    expect(await problemOf(findTeam(system(), team.id))).toMatchObject({ status: 404 });
    await createTeam(system(), { name: team.name, description: null });
  });

  it("is recorded with how many have left it, and who", async () => {
    const team = await newTeam();
    const member = await service("Member", [team.name]);
    await deleteTeam(system(), team.id);
    expect(await entriesOf(team.id, "team.deleted")).toMatchObject([
      { targetName: team.name, before: { member_count: 1, members: [member.user.userId] }, after: null },
    ]);
  });
});

describe("who may, and what", () => {
  it("is an Admin's (A1)", async () => {
    const team = await newTeam();
    for (const role of ["Manager", "Editor", "Member"] as const) {
      const principal = await person(role);
      expect(await problemOf(updateTeam(principal, team.id, { name: "x" }))).toMatchObject({ status: 403 });
      expect(await problemOf(deleteTeam(principal, team.id))).toMatchObject({ status: 403 });
    }
  });

  it("Public is neither changed nor deleted", async () => {
    const id = await publicId();
    // One after the other: a refusal that comes while nobody waits for it would end the run.
    for (const attempt of [
      () => updateTeam(system(), id, { name: "Everybody" }),
      () => deleteTeam(system(), id),
    ])
      expect(await problemOf(attempt())).toMatchObject({ code: "team_locked", status: 409 });
    expect(await findTeam(system(), id)).toMatchObject({ name: "Public", locked: true });
  });

  it("no team is 404", async () => {
    expect(await problemOf(updateTeam(system(), 999_999, { name: "x" }))).toMatchObject({ status: 404 });
    expect(await problemOf(deleteTeam(system(), 999_999))).toMatchObject({ status: 404 });
  });
});
