import { inArray } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { publicTeamName } from "@/db/enums";
import { teams } from "@/db/schema";
import { fieldProblem } from "@/lib/errors";
import { teamKey } from "@/lib/users/name";

/**
 * The teams of these names (A4): in the order given, once each, ignoring case, without `Public`. They stay until the
 * transaction ends.
 * @throws Problem `invalid_input` (422, field `teams`) naming every unknown one
 */
export async function findTeamsByName(
  tx: Transaction,
  names: string[],
): Promise<{ id: number; name: string }[]> {
  const wanted = new Map(names.map((name) => [teamKey(name), name]));
  wanted.delete(teamKey(publicTeamName));
  if (wanted.size === 0) return [];

  const found = await tx
    .select({ id: teams.id, name: teams.name, nameKey: teams.nameKey })
    .from(teams)
    .where(inArray(teams.nameKey, [...wanted.keys()]))
    .for("key share");
  const byKey = new Map(found.map((team) => [team.nameKey, team]));

  const unknown = [...wanted].filter(([key]) => !byKey.has(key)).map(([, name]) => `"${name}"`);
  if (unknown.length > 0)
    throw fieldProblem(
      "teams",
      `Unknown ${unknown.length === 1 ? "team" : "teams"}: ${unknown.join(", ")}. Create it first or leave it out.`,
    );

  return [...wanted.keys()].flatMap((key) => byKey.get(key) ?? []);
}
