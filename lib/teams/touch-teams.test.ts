import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { teams } from "@/db/schema";
import { heldTransaction } from "@/e2e/database/held-transaction";
import { openTestInstance, person, service, system, untilSomebodyWaits } from "@/e2e/database/instance";
import type { Principal } from "@/lib/access/principal";
import { changeTeamMembers } from "@/lib/teams/change-team-members";
import { createTeam } from "@/lib/teams/create-team";
import { touchTeams } from "@/lib/teams/touch-teams";
import { createPerson } from "@/lib/users/create-person";
import { deleteUser } from "@/lib/users/delete-user";
import { updateUser } from "@/lib/users/update-user";

openTestInstance();

let made = 0;
const newTeam = () => createTeam(system(), { name: `Team ${++made}`, description: null });
const idOf = (principal: Principal) => principal.user.id ?? 0;

async function versionOf(id: number): Promise<number> {
  const [team] = await db().select({ at: teams.updatedAt }).from(teams).where(eq(teams.id, id));
  return team?.at.getTime() ?? 0;
}

describe("the version of a team, which SCIM shows", () => {
  const ways: [string, (team: { id: number; name: string }, id: number) => Promise<unknown>][] = [
    ["joins by the account", ({ name }, id) => updateUser(system(), id, { teams: [name] })],
    ["joins by the team", (team, id) => changeTeamMembers(system(), team.id, { add: [id], remove: [] })],
    [
      "is new and joins",
      ({ name }) =>
        createPerson(system(), {
          user_type: "User",
          name: "New",
          email: `new${++made}@example.com`,
          role: "Member",
          teams: [name],
        }),
    ],
  ];

  it.each(ways)(
    "moves on where a person %s, also beside another who changes the team",
    async (_, joinTeam) => {
      const team = await newTeam();
      const id = idOf(await person("Member"));
      const other = await heldTransaction((tx) => touchTeams(tx, [team.id]));
      const joining = joinTeam(team, id);
      await Promise.race([untilSomebodyWaits(), joining]);
      await other.letGo();
      const between = await versionOf(team.id);
      await joining;
      expect(await versionOf(team.id)).toBeGreaterThan(between);
    },
  );

  it("moves on where a member leaves, and where they are deleted", async () => {
    const team = await newTeam();
    const [leaver, gone] = [idOf(await person("Member")), idOf(await person("Member"))];
    await changeTeamMembers(system(), team.id, { add: [leaver, gone], remove: [] });
    const full = await versionOf(team.id);
    await updateUser(system(), leaver, { teams: [] });
    const left = await versionOf(team.id);
    expect(left).toBeGreaterThan(full);
    await deleteUser(system(), gone);
    expect(await versionOf(team.id)).toBeGreaterThan(left);
  });

  it("stands where a service account comes and goes: SCIM doesn't show it", async () => {
    const team = await newTeam();
    const before = await versionOf(team.id);
    const id = idOf(await service("Member", [team.name]));
    await updateUser(system(), id, { teams: [] });
    await changeTeamMembers(system(), team.id, { add: [id], remove: [] });
    await deleteUser(system(), id);
    expect(await versionOf(team.id)).toBe(before);
  });
});
