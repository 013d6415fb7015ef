import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { auditEvents, teams } from "@/db/schema";
import { idOf, openTestInstance, person, problemOf, service, system } from "@/e2e/database/instance";
import { changeTeamMembers } from "@/lib/teams/change-team-members";
import { createTeam } from "@/lib/teams/create-team";
import { deleteTeam } from "@/lib/teams/delete-team";
import { findTeam } from "@/lib/teams/find-teams";
import { publicTeamKey } from "@/lib/teams/rows";
import { findUser } from "@/lib/users/find-user";
import { findUsers } from "@/lib/users/find-users";
import { updateUser } from "@/lib/users/update-user";

openTestInstance();

let made = 0;
const newTeam = () => createTeam(system(), { name: `Team ${++made}`, description: null });
const services = async (count: number) =>
  Promise.all(Array.from({ length: count }, async () => idOf(await service("Member"))));

async function memberIds(team: string): Promise<number[]> {
  const { items } = await findUsers(system(), { page: 1, size: 100, team, sort: "created_at" });
  return items.map(({ id }) => id).sort((a, b) => a - b);
}

const entriesOf = (id: number) =>
  db()
    .select()
    .from(auditEvents)
    .where(
      and(
        eq(auditEvents.targetType, "team"),
        eq(auditEvents.targetId, id),
        eq(auditEvents.action, "team.members_changed"),
      ),
    )
    .orderBy(auditEvents.id);

describe("changing the members of a team", () => {
  it("adds and removes in one go; a new team comes last among a member's", async () => {
    const [team, other] = [await newTeam(), await newTeam()];
    const [one = 0, two = 0, three = 0] = await services(3);
    await changeTeamMembers(system(), other.id, { add: [one], remove: [] });
    await changeTeamMembers(system(), team.id, { add: [one, two], remove: [] });
    expect(await findUser(system(), one)).toMatchObject({ teams: ["Public", other.name, team.name] });
    expect(await changeTeamMembers(system(), team.id, { add: [three], remove: [two] })).toMatchObject({
      id: team.id,
      member_count: 2,
    });
    expect(await memberIds(team.name)).toEqual([one, three].sort((a, b) => a - b));
  });

  it("is set-wise: who is in stays, who is out stays out, twice is once, and nothing new leaves no entry", async () => {
    const team = await newTeam();
    const [one = 0, two = 0] = await services(2);
    await changeTeamMembers(system(), team.id, { add: [one, one], remove: [two, 999_999] });
    await changeTeamMembers(system(), team.id, { add: [one], remove: [two] });
    expect(await memberIds(team.name)).toEqual([one]);
    expect(await entriesOf(team.id)).toHaveLength(1);
  });

  it("loses no member to another who adds, removes or edits at the same time", async () => {
    const team = await newTeam();
    const ids = await services(12);
    const [leaving = 0, edited = 0] = ids;
    await changeTeamMembers(system(), team.id, { add: [leaving], remove: [] });
    await Promise.all([
      ...ids.slice(1).map((id) => changeTeamMembers(system(), team.id, { add: [id], remove: [] })),
      changeTeamMembers(system(), team.id, { add: ids.slice(4), remove: [] }),
      changeTeamMembers(system(), team.id, { add: ids.slice(4).toReversed(), remove: [leaving] }),
      updateUser(system(), edited, { description: "edited meanwhile" }),
    ]);
    expect(await memberIds(team.name)).toEqual(ids.slice(1).sort((a, b) => a - b));
  });

  it("and deleting it at the same time: the team is gone, the accounts stay", async () => {
    for (let round = 0; round < 5; round++) {
      const team = await newTeam();
      const [id = 0] = await services(1);
      const [, added] = await Promise.allSettled([
        deleteTeam(system(), team.id),
        changeTeamMembers(system(), team.id, { add: [id], remove: [] }),
      ]);
      if (added?.status === "rejected") expect(added.reason).toMatchObject({ status: 404 });
      expect(await findUser(system(), id)).toMatchObject({ teams: ["Public"] });
    }
  });

  it("with an unknown account changes nothing, and names it", async () => {
    const team = await newTeam();
    const [one = 0] = await services(1);
    const refusal = await problemOf(
      changeTeamMembers(system(), team.id, { add: [one, 999_998, 999_999], remove: [] }),
    );
    expect(refusal).toMatchObject({ status: 422, fields: ["add"] });
    expect(refusal.message).toContain("999998, 999999");
    expect(await findTeam(system(), team.id)).toMatchObject({ member_count: 0 });
  });

  it("records who came and who went", async () => {
    const team = await newTeam();
    const [came, went] = [await service("Member"), await service("Member")];
    await changeTeamMembers(system(), team.id, { add: [idOf(went)], remove: [] });
    await changeTeamMembers(system(), team.id, { add: [idOf(came)], remove: [idOf(went)] });
    expect((await entriesOf(team.id))[1]).toMatchObject({
      targetName: team.name,
      after: { added: [came.user.userId], removed: [went.user.userId] },
    });
  });

  it("is not for Public, which holds everybody", async () => {
    const [everybody] = await db().select().from(teams).where(eq(teams.nameKey, publicTeamKey));
    const [one = 0] = await services(1);
    for (const change of [
      { add: [one], remove: [] },
      { add: [], remove: [one] },
    ])
      expect(await problemOf(changeTeamMembers(system(), everybody?.id ?? 0, change))).toMatchObject({
        code: "team_locked",
        status: 409,
      });
  });

  it("is an Admin's (A1), and of no team 404", async () => {
    const team = await newTeam();
    for (const role of ["Manager", "Editor", "Member"] as const)
      expect(
        await problemOf(changeTeamMembers(await person(role), team.id, { add: [], remove: [] })),
      ).toMatchObject({ status: 403 });
    expect(await problemOf(changeTeamMembers(system(), 999_999, { add: [], remove: [] }))).toMatchObject({
      status: 404,
    });
  });
});
