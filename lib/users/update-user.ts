import { and, eq, exists, ne, sql } from "drizzle-orm";
import { type Transaction, transaction } from "@/db/client";
import { credentials, sessions, teamMembers, users } from "@/db/schema";
import { requirePermission } from "@/lib/access/permissions";
import type { Principal } from "@/lib/access/principal";
import { record } from "@/lib/audit/record";
import { now } from "@/lib/clock";
import { Problem } from "@/lib/errors";
import { announce } from "@/lib/gate/announce";
import type { Output } from "@/lib/http/endpoint";
import { findTeamsByName } from "@/lib/teams/find-teams-by-name";
import type { updateUser as endpoint, User } from "@/lib/users/contract";
import { userSearchKey } from "@/lib/users/insert-account";
import { findUserRow, presentUser, type UserRow } from "@/lib/users/rows";

type Changes = Output<typeof endpoint.body>;

/** Two tabs that each demote another of the last two administrators take turns here. */
const administratorsLock = 7_135_003;

/**
 * Changes an account (A6, A7). Deactivating it stops its tokens, on every instance, and ends its sessions.
 * @throws Problem `not_found` (404), `own_account` (409) for one's own role or activity, `last_administrator` (409),
 *   `invalid_input` (422) for unknown teams
 */
export async function updateUser(principal: Principal, id: number, changes: Changes): Promise<User> {
  requirePermission(principal, "users:manage");

  return transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${administratorsLock})`);
    await tx.select({ id: users.id }).from(users).where(eq(users.id, id)).for("update");
    const before = await findUserRow(tx, eq(users.id, id));
    if (!before) throw new Problem("not_found", `There is no user ${id}.`);
    refuseOnOneself(principal, before, changes);

    const {
      name = before.name,
      role = before.role,
      active = before.active,
      description = before.description,
    } = changes;
    const losesPower = before.role === "Admin" && before.active && (role !== "Admin" || !active);
    if (losesPower) await requireAnotherAdministrator(tx, before);

    await tx
      .update(users)
      .set({
        name,
        role,
        active,
        description,
        searchKey: userSearchKey({ ...before, name }),
        updatedAt: now(),
      })
      .where(eq(users.id, id));
    if (changes.teams) await replaceTeams(tx, id, changes.teams);
    if (before.active && !active) await tx.delete(sessions).where(eq(sessions.userId, id));

    const row = await findUserRow(tx, eq(users.id, id));
    if (!row) throw new Error(`User ${id} vanished while it was locked.`);
    const after = presentUser(row);
    await recordChange(tx, principal, presentUser(before), after);
    return after;
  });
}

function refuseOnOneself(principal: Principal, before: UserRow, { role, active }: Changes): void {
  if (principal.user.id !== before.id) return;
  if (role !== undefined && role !== before.role)
    throw new Problem("own_account", "You cannot change your own role. Ask another administrator.");
  if (active === false)
    throw new Problem("own_account", "You cannot deactivate your own account. Ask another administrator.");
}

/** Somebody must be left who can sign in and put things right. */
async function requireAnotherAdministrator(tx: Transaction, leaving: UserRow): Promise<void> {
  const canSignIn = exists(
    tx.select({ one: sql`1` }).from(credentials).where(eq(credentials.userId, users.id)),
  );
  const isAdministrator = and(eq(users.role, "Admin"), eq(users.active, true), canSignIn);
  const itself = await tx.$count(users, and(isAdministrator, eq(users.id, leaving.id)));
  if (itself === 0) return;
  const others = await tx.$count(users, and(isAdministrator, ne(users.id, leaving.id)));
  if (others === 0)
    throw new Problem(
      "last_administrator",
      `${leaving.name} is the last active administrator who can sign in. Make another one first.`,
    );
}

async function replaceTeams(tx: Transaction, userId: number, names: string[]): Promise<void> {
  const joined = await findTeamsByName(tx, names);
  await tx.delete(teamMembers).where(eq(teamMembers.userId, userId));
  if (joined.length > 0)
    await tx
      .insert(teamMembers)
      .values(joined.map((team, position) => ({ userId, teamId: team.id, position })));
}

/** One entry, with the fields that are another; nothing for a change that changes nothing. */
async function recordChange(tx: Transaction, principal: Principal, before: User, after: User): Promise<void> {
  const fields = (["name", "role", "teams", "active", "description"] as const).filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  );
  if (fields.length === 0) return;
  const pick = (user: User) => Object.fromEntries(fields.map((field) => [field, user[field]]));
  const kind = after.user_type === "Service" ? "service_account" : "user";
  const verb = before.active === after.active ? "changed" : after.active ? "reactivated" : "deactivated";
  await record(tx, principal, `${kind}.${verb}`, {
    target: { type: "user", id: after.id, name: after.user_id },
    before: pick(before),
    after: pick(after),
  });
  await announce(tx, "user", after.id);
}
