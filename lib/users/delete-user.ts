import { asc, eq } from "drizzle-orm";
import { db, type Transaction } from "@/db/client";
import { passwordLinks, tokens, users } from "@/db/schema";
import { requirePermission } from "@/lib/access/permissions";
import type { Principal } from "@/lib/access/principal";
import { record } from "@/lib/audit/record";
import { Problem } from "@/lib/errors";
import { announce } from "@/lib/gate/announce";
import { requireVersion } from "@/lib/http/if-match";
import { teamTransaction } from "@/lib/teams/team-transaction";
import { holdTeamsOfPerson, requireTeamsHeld, teamsOfPerson, touchTeams } from "@/lib/teams/touch-teams";
import { requireAnotherAdministrator } from "@/lib/users/administrators";
import { findUserRow, presentUser, type UserRow } from "@/lib/users/rows";
import { versionOf } from "@/lib/users/version";

/** The audit entry names this many of the tokens that go along. */
const namedTokens = 100;

/** An account that nobody else can change or use any more, with what goes along with it. */
interface Doomed {
  account: UserRow;
  /** The names of its tokens. */
  tokens: string[];
  /** The teams that lose a person. */
  teams: number[];
}

/**
 * Deletes an account with its tokens and sessions (A6): its `user_id` is free again, its number never. The audit entry
 * keeps what it was.
 * @param ifMatch the versions that may be deleted; null for any
 * @throws Problem `not_found` (404), `changed_meanwhile` (412), `own_account` (409), `last_administrator` (409)
 */
export async function deleteUser(
  principal: Principal,
  id: number,
  ifMatch: string | null = null,
): Promise<void> {
  requirePermission(principal, "users:manage");

  await teamTransaction(principal, await teamsOfPerson(db(), id), async (tx) => {
    const doomed = await holdForRemoval(tx, id);
    if (!doomed) throw new Problem("not_found", `There is no user ${id}.`);
    const { account } = doomed;
    requireVersion(ifMatch, versionOf(presentUser(account)), account.name);
    await removeUser(tx, principal, doomed);
  });
}

/**
 * Removes what `holdForRemoval` holds.
 * @throws Problem `own_account` (409), `last_administrator` (409)
 */
export async function removeUser(
  tx: Transaction,
  principal: Principal,
  { account, tokens: held, teams }: Doomed,
): Promise<void> {
  const { id } = account;
  if (principal.user.id === id)
    throw new Problem("own_account", "You cannot delete your own account. Ask another administrator.");
  await requireAnotherAdministrator(tx, account);

  await touchTeams(tx, teams);
  await tx.delete(users).where(eq(users.id, id));
  await record(tx, principal, account.userType === "Service" ? "service_account.deleted" : "user.deleted", {
    target: { type: "user", id, name: account.userId },
    before: { ...presentUser(account), tokens: held.slice(0, namedTokens), token_count: held.length },
  });
  await announce(tx, "user", id);
}

/**
 * Holds the account, all that goes with it and what loses it, in the order in which others take these locks: who changes
 * a team holds it first, those who note the use of tokens hold tokens first, who sets a password through a link holds the
 * link first.
 * @returns undefined where there is no such account
 */
export async function holdForRemoval(tx: Transaction, id: number): Promise<Doomed | undefined> {
  const teamsHeld = await holdTeamsOfPerson(tx, id);
  const itsTokens = eq(tokens.userId, id);
  await tx.select({ id: tokens.id }).from(tokens).where(itsTokens).orderBy(asc(tokens.id)).for("update");
  await tx.delete(passwordLinks).where(eq(passwordLinks.userId, id));
  await tx.select({ id: users.id }).from(users).where(eq(users.id, id)).for("update");
  const account = await findUserRow(tx, eq(users.id, id));
  if (!account) return undefined;
  const teams = await requireTeamsHeld(tx, id, teamsHeld);
  // Once the account is held, no more of them are made.
  const held = await tx.select({ name: tokens.name }).from(tokens).where(itsTokens).orderBy(asc(tokens.id));
  return { account, tokens: held.map(({ name }) => name), teams };
}
