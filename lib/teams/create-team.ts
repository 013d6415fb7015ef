import { eq } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { teams } from "@/db/schema";
import { requirePermission } from "@/lib/access/permissions";
import type { Principal } from "@/lib/access/principal";
import { record } from "@/lib/audit/record";
import { now } from "@/lib/clock";
import { fieldProblem } from "@/lib/errors";
import type { Output } from "@/lib/http/endpoint";
import { createOnce } from "@/lib/idempotency/create-once";
import type { newTeam, Team } from "@/lib/teams/contract";
import { presentTeam, selectTeams } from "@/lib/teams/rows";
import { nameKey } from "@/lib/users/name";

/**
 * Creates a team without members.
 * @throws Problem `name_taken` (409) when a team has that name, ignoring case
 */
export async function createTeam(principal: Principal, input: Output<typeof newTeam>): Promise<Team> {
  requirePermission(principal, "teams:manage");

  return createOnce(principal, async (tx) => {
    const team = await insertTeam(tx, principal, input);
    return { answer: team, created: { type: "team", id: team.id, name: team.name } };
  });
}

/** The same inside somebody's transaction. */
export async function insertTeam(
  tx: Transaction,
  principal: Principal,
  input: Output<typeof newTeam>,
): Promise<Team> {
  const moment = now();
  const [inserted] = await tx
    .insert(teams)
    .values({
      ...input,
      nameKey: nameKey(input.name),
      createdAt: moment,
      createdById: principal.user.id,
      updatedAt: moment,
    })
    .onConflictDoNothing({ target: teams.nameKey })
    .returning({ id: teams.id });
  if (!inserted)
    throw fieldProblem(
      "name",
      `There is a team named "${input.name}" already. Choose another name.`,
      "name_taken",
    );

  const [row] = await selectTeams(tx).where(eq(teams.id, inserted.id));
  if (!row) throw new Error(`Team ${inserted.id} vanished inside its own transaction.`);
  const team = presentTeam(row);
  await record(tx, principal, "team.created", {
    target: { type: "team", id: team.id, name: team.name },
    after: team,
  });
  return team;
}
