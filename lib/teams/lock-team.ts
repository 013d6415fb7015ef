import { eq } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { teams } from "@/db/schema";
import { Problem } from "@/lib/errors";
import { findTeamRow, publicTeamKey, type TeamRow } from "@/lib/teams/rows";

/**
 * The team, held until the transaction ends: `update` keeps everybody else away, `no key update` lets accounts be made in
 * it meanwhile.
 * @throws Problem `not_found` (404), `team_locked` (409) for `Public`
 */
export async function lockTeam(
  tx: Transaction,
  id: number,
  strength: "update" | "no key update",
): Promise<TeamRow> {
  await tx.select({ id: teams.id }).from(teams).where(eq(teams.id, id)).for(strength);
  const row = await findTeamRow(tx, id);
  if (!row) throw new Problem("not_found", `There is no team ${id}.`);
  if (row.nameKey === publicTeamKey)
    throw new Problem(
      "team_locked",
      "Public always exists and holds everybody: it can't be renamed, left or deleted.",
    );
  return row;
}
