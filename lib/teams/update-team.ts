import { eq } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { brokenUniqueConstraint } from "@/db/failures";
import { teams } from "@/db/schema";
import { requirePermission } from "@/lib/access/permissions";
import type { Principal } from "@/lib/access/principal";
import { record } from "@/lib/audit/record";
import { fieldProblem } from "@/lib/errors";
import { announce } from "@/lib/gate/announce";
import { providerManaged } from "@/lib/scim/managed-by";
import type { Team, TeamChanges } from "@/lib/teams/contract";
import { lockTeam } from "@/lib/teams/lock-team";
import { presentTeam, type TeamRow } from "@/lib/teams/rows";
import { teamTransaction } from "@/lib/teams/team-transaction";
import { touchTeams } from "@/lib/teams/touch-teams";
import { nameKey } from "@/lib/users/name";

/**
 * Renames or describes a team; its members stay.
 * @throws Problem `not_found` (404), `team_locked` (409) for `Public`, `provider_managed` (409) for the name of a
 *   team of the identity provider's, `name_taken` (409) ignoring case
 */
export async function updateTeam(principal: Principal, id: number, changes: TeamChanges): Promise<Team> {
  requirePermission(principal, "teams:manage");

  return teamTransaction(principal, [id], async (tx) => {
    const before = await lockTeam(tx, id, "update");
    const { name = before.name, description = before.description } = changes;
    if (before.provisionedAt && name !== before.name) throw providerManaged("name", "The name");
    await write(tx, before, { name, description });

    const after = { ...before, name, description };
    const fields = (["name", "description"] as const).filter((field) => before[field] !== after[field]);
    if (fields.length > 0) {
      await touchTeams(tx, [id]);
      const pick = (team: TeamRow) => Object.fromEntries(fields.map((field) => [field, team[field]]));
      await record(tx, principal, "team.changed", {
        target: { type: "team", id, name },
        before: pick(before),
        after: pick(after),
      });
    }
    if (name !== before.name) await announce(tx, "team", id);
    return presentTeam(after);
  });
}

async function write(
  tx: Transaction,
  before: TeamRow,
  { name, description }: { name: string; description: string | null },
): Promise<void> {
  try {
    await tx
      .update(teams)
      .set({ name, nameKey: nameKey(name), description })
      .where(eq(teams.id, before.id));
  } catch (error) {
    if (brokenUniqueConstraint(error) !== "teams_name_key_unique") throw error;
    throw fieldProblem("name", `There is a team named "${name}" already. Choose another name.`, "name_taken");
  }
}
