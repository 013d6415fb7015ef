import { desc, eq, type SQL, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { teams } from "@/db/schema";
import { requirePermission } from "@/lib/access/permissions";
import type { Principal } from "@/lib/access/principal";
import { Problem } from "@/lib/errors";
import type { Output } from "@/lib/http/endpoint";
import { contains } from "@/lib/http/search";
import type { listTeams, Team } from "@/lib/teams/contract";
import { findTeamRow, presentTeam, publicTeamKey, selectTeams } from "@/lib/teams/rows";
import { nameKey } from "@/lib/users/name";

type Query = Output<typeof listTeams.query>;

/** One page of the teams that match (Managers), `Public` first. */
export async function findTeams(
  principal: Principal,
  query: Query,
): Promise<Output<typeof listTeams.answer>> {
  requirePermission(principal, "teams:read");

  const condition = query.search ? contains(teams.nameKey, nameKey(query.search.trim())) : undefined;
  const [rows, total] = await Promise.all([
    selectTeams(db())
      .where(condition)
      .orderBy(desc(eq(teams.nameKey, publicTeamKey)), ...order(query.sort))
      .limit(query.size)
      .offset((query.page - 1) * query.size),
    db().$count(teams, condition),
  ]);
  return {
    items: rows.map(presentTeam),
    total,
    page: query.page,
    size: query.size,
    total_is_estimate: false,
  };
}

/**
 * Reads a team (Managers).
 * @throws Problem `not_found` (404)
 */
export async function findTeam(principal: Principal, id: number): Promise<Team> {
  requirePermission(principal, "teams:read");

  const row = await findTeamRow(db(), id);
  if (!row) throw new Problem("not_found", `There is no team ${id}.`);
  return presentTeam(row);
}

function order(sort: Query["sort"]): SQL[] {
  const column = sort.endsWith("name") ? sql`${teams.nameKey} collate "C"` : sql`${teams.createdAt}`;
  return sort.startsWith("-")
    ? [sql`${column} desc`, sql`${teams.id} desc`]
    : [sql`${column}`, sql`${teams.id}`];
}
