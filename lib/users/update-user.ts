import { eq } from "drizzle-orm";
import { type Transaction, transaction } from "@/db/client";
import { teamMembers, users } from "@/db/schema";
import { requirePermission } from "@/lib/access/permissions";
import type { Principal } from "@/lib/access/principal";
import { record } from "@/lib/audit/record";
import { now } from "@/lib/clock";
import { Problem } from "@/lib/errors";
import { announce } from "@/lib/gate/announce";
import { requireVersion } from "@/lib/http/if-match";
import { providerManaged } from "@/lib/scim/managed-by";
import { endSignIns } from "@/lib/sign-in/end-sign-ins";
import { renameSignIn } from "@/lib/sign-in/rename-sign-in";
import { findTeamsByName } from "@/lib/teams/find-teams-by-name";
import { refuseManagedTeams } from "@/lib/teams/refuse-managed-teams";
import { holdTeamsOfPerson, requireTeamsHeld, touchTeams } from "@/lib/teams/touch-teams";
import { summariseTokens } from "@/lib/tokens/summarise-tokens";
import { requireAnotherAdministrator } from "@/lib/users/administrators";
import type { Account, User, UserChanges } from "@/lib/users/contract";
import { userSearchKey } from "@/lib/users/insert-account";
import { renamed } from "@/lib/users/person-attributes";
import { findUserRow, managesRole, presentUser, type UserRow } from "@/lib/users/rows";
import { versionOf } from "@/lib/users/version";

/**
 * Changes an account (A6, A7). Deactivating it stops its tokens, on every instance, and ends its sessions.
 * @param ifMatch the versions that may be changed; null for any
 * @throws Problem `not_found` (404), `changed_meanwhile` (412), `own_account` (409) for one's own role or activity, `last_administrator` (409),
 *   `provider_managed` (409) for what an identity provider manages, `invalid_input` (422) for unknown teams
 */
export async function updateUser(
  principal: Principal,
  id: number,
  changes: UserChanges,
  ifMatch: string | null = null,
): Promise<User> {
  requirePermission(principal, "users:manage");

  return transaction(async (tx) => {
    const teamsHeld = changes.teams && (await holdTeamsOfPerson(tx, id, changes.teams));
    await tx.select({ id: users.id }).from(users).where(eq(users.id, id)).for("update");
    if (teamsHeld) await requireTeamsHeld(tx, id, teamsHeld);
    const before = await findUserRow(tx, eq(users.id, id));
    if (!before) throw new Problem("not_found", `There is no user ${id}.`);
    requireVersion(ifMatch, versionOf(presentUser(before)), before.name);
    refuseOnOneself(principal, before, changes);
    refuseOnManaged(before, changes);
    const after = await write(tx, before, changes);
    await recordChange(tx, principal, presentUser(before), after);
    const tokensOf = await summariseTokens(tx, [id]);
    return { ...after, tokens: tokensOf(id), version: versionOf(after) };
  });
}

function refuseOnOneself(principal: Principal, before: UserRow, { role, active }: UserChanges): void {
  if (principal.user.id !== before.id) return;
  if (role !== undefined && role !== before.role)
    throw new Problem("own_account", "You cannot change your own role. Ask another administrator.");
  if (active === false)
    throw new Problem("own_account", "You cannot deactivate your own account. Ask another administrator.");
}

/** What an identity provider manages is changed there (A8). */
function refuseOnManaged(before: UserRow, { name, role }: UserChanges): void {
  if (!before.provisionedAt) return;
  if (name !== undefined && name !== before.name) throw providerManaged("name", "The name");
  if (role !== undefined && role !== before.role && managesRole(before))
    throw providerManaged("role", "The role");
}

async function write(tx: Transaction, before: UserRow, changes: UserChanges): Promise<Account> {
  const { id } = before;
  const {
    name = before.name,
    role = before.role,
    active = before.active,
    description = before.description,
  } = changes;
  if (role !== "Admin" || !active) await requireAnotherAdministrator(tx, before);

  await tx
    .update(users)
    .set({
      name,
      role,
      active,
      description,
      searchKey: userSearchKey({ ...before, name }),
      ...(before.userType === "User" && name !== before.name ? renamed(before, name) : {}),
      updatedAt: now(),
    })
    .where(eq(users.id, id));
  if (name !== before.name) await renameSignIn(tx, id, name);
  if (changes.teams) await replaceTeams(tx, before, changes.teams);
  if (active !== before.active) await endSignIns(tx, id);

  const row = await findUserRow(tx, eq(users.id, id));
  if (!row) throw new Error(`User ${id} vanished while it was locked.`);
  return presentUser(row);
}

async function replaceTeams(
  tx: Transaction,
  { id: userId, userType }: UserRow,
  names: string[],
): Promise<void> {
  const joined = await findTeamsByName(tx, names);
  const left = await tx
    .delete(teamMembers)
    .where(eq(teamMembers.userId, userId))
    .returning({ id: teamMembers.teamId });
  if (joined.length > 0)
    await tx
      .insert(teamMembers)
      .values(joined.map((team, position) => ({ userId, teamId: team.id, position })));

  const [before, after] = [left, joined].map((teams) => new Set(teams.map(({ id }) => id)));
  const moved = [...left, ...joined].map(({ id }) => id).filter((id) => before?.has(id) !== after?.has(id));
  await refuseManagedTeams(tx, userType, moved);
  if (userType === "User") await touchTeams(tx, moved);
}

/** One entry, with the fields that are another; nothing for a change that changes nothing. */
async function recordChange(
  tx: Transaction,
  principal: Principal,
  before: Account,
  after: Account,
): Promise<void> {
  const fields = (["name", "role", "teams", "active", "description"] as const).filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  );
  if (fields.length === 0) return;
  const pick = (account: Account) => Object.fromEntries(fields.map((field) => [field, account[field]]));
  const kind = after.user_type === "Service" ? "service_account" : "user";
  const verb = before.active === after.active ? "changed" : after.active ? "reactivated" : "deactivated";
  await record(tx, principal, `${kind}.${verb}`, {
    target: { type: "user", id: after.id, name: after.user_id },
    before: pick(before),
    after: pick(after),
  });
  await announce(tx, "user", after.id);
}
