import { and, eq } from "drizzle-orm";
import { type Transaction, transaction } from "@/db/client";
import type { Role } from "@/db/enums";
import { brokenUniqueConstraint } from "@/db/failures";
import { users } from "@/db/schema";
import { requirePermission } from "@/lib/access/permissions";
import type { Principal } from "@/lib/access/principal";
import { record } from "@/lib/audit/record";
import { now } from "@/lib/clock";
import { Problem } from "@/lib/errors";
import { announce } from "@/lib/gate/announce";
import { requireVersion } from "@/lib/scim/http/preconditions";
import type { Document } from "@/lib/scim/protocol/document";
import { ScimError } from "@/lib/scim/protocol/scim-error";
import { provisionedBy } from "@/lib/scim/provisioned";
import { toldDifference } from "@/lib/scim/users/audit";
import { namedRole } from "@/lib/scim/users/named-role";
import { columnsOf, documentOf } from "@/lib/scim/users/person-document";
import { type JoinedGroup, presentUser } from "@/lib/scim/users/present-user";
import { requireGivable } from "@/lib/scim/users/roles";
import { findGroupsOf, isPerson, noResource, type PersonRow, personColumns } from "@/lib/scim/users/rows";
import { endSignIns } from "@/lib/sign-in/end-sign-ins";
import { type MovedSignIn, moveSignIn } from "@/lib/sign-in/move-sign-in";
import { renameSignIn } from "@/lib/sign-in/rename-sign-in";
import { requireAnotherAdministrator } from "@/lib/users/administrators";

interface Change {
  /** What the document is to be; must not change the one it is given. */
  change: (before: Document) => Document;
  ifMatch?: string | null;
}

/**
 * Changes a person as an identity provider says, by PUT or PATCH: all of it or, refused, nothing. What changes nothing
 * moves neither version nor moment. Deactivating ends sessions and stops tokens at once (A6); who signs in by password
 * does it with a changed e-mail from then on.
 * @throws ScimError 400, 403 for a role above the token's account's, 404, 409 `uniqueness`, 412; Problem
 *   `last_administrator`, `own_account`, `name_taken` (409)
 */
export async function changeUser(
  principal: Principal,
  id: number,
  { change, ifMatch }: Change,
): Promise<{ person: PersonRow; groups: JoinedGroup[] }> {
  requirePermission(principal, "scim:manage");

  return transaction(async (tx) => {
    const before = await lockPerson(tx, id);
    const groups = (await findGroupsOf(tx, [id])).get(id) ?? [];
    requireVersion(ifMatch, presentUser(before, groups, "").version);

    const document = documentOf(before);
    const changed = change(document);
    const columns = columnsOf(changed);
    const role = roleAfter(before.role, document, changed);
    const active = typeof changed.active === "boolean" ? changed.active : before.active;
    refuseOnOneself(principal, before, role, active);
    if (role !== before.role || (active && !before.active)) requireGivable(principal, role);
    const isLeaving = before.role === "Admin" && before.active && (role !== "Admin" || !active);
    if (isLeaving) await requireAnotherAdministrator(tx, before);

    const after = { ...before, ...columns, role, active } as PersonRow;
    if (isSame(before, after)) {
      if (!before.provisionedAt) await takeOver(tx, principal, id, columns);
      return { person: before, groups };
    }
    const person = await write(tx, principal, id, { ...columns, role, active });
    if (person.name !== before.name) await renameSignIn(tx, id, person.name);
    const signIn = await moveSignIn(tx, id, before.email, person.email);
    if (before.active && !active) await endSignIns(tx, id);
    await recordChange(tx, principal, before, person, signIn);
    return { person, groups };
  });
}

async function lockPerson(tx: Transaction, id: number): Promise<PersonRow> {
  const [held] = await tx
    .select(personColumns)
    .from(users)
    .where(and(isPerson, eq(users.id, id)))
    .for("update");
  if (!held) throw noResource("User", id);
  return held;
}

/** A role that `roles` gave is taken with it; one that was given here stays while `roles` names none. */
function roleAfter(role: Role, before: Document, after: Document): Role {
  return namedRole(after) ?? (namedRole(before) ? "Member" : role);
}

function refuseOnOneself(principal: Principal, before: PersonRow, role: Role, active: boolean): void {
  if (principal.user.id !== before.id) return;
  if (role !== before.role) throw new Problem("own_account", "Nobody changes their own role.");
  if (!active && before.active) throw new Problem("own_account", "Nobody deactivates their own account.");
}

function isSame(before: PersonRow, after: PersonRow): boolean {
  const told = (person: PersonRow) =>
    JSON.stringify([sorted(documentOf(person)), person.role, person.active]);
  return told(before) === told(after);
}

/** In one order of names, whatever the order they came or were stored in. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, inner]) => [name, sorted(inner)]);
}

/** What was shown of them so far, stored or not, is theirs from now on. */
async function takeOver(
  tx: Transaction,
  principal: Principal,
  id: number,
  { attributes, attributesKey }: ReturnType<typeof columnsOf>,
): Promise<void> {
  await tx
    .update(users)
    .set({ attributes, attributesKey, ...provisionedBy(principal) })
    .where(eq(users.id, id));
}

async function write(
  tx: Transaction,
  principal: Principal,
  id: number,
  values: Partial<typeof users.$inferInsert>,
): Promise<PersonRow> {
  try {
    const [person] = await tx
      .update(users)
      .set({ ...values, ...provisionedBy(principal), updatedAt: now() })
      .where(eq(users.id, id))
      .returning(personColumns);
    if (!person) throw new Error(`User ${id} vanished while it was locked.`);
    return person;
  } catch (error) {
    if (brokenUniqueConstraint(error) !== "users_user_id_key_unique") throw error;
    throw new ScimError(409, `There is a User with the userName ${values.userId} already.`, "uniqueness");
  }
}

async function recordChange(
  tx: Transaction,
  principal: Principal,
  before: PersonRow,
  after: PersonRow,
  signIn: MovedSignIn | undefined,
): Promise<void> {
  const difference = toldDifference(before, after);
  const verb = before.active === after.active ? "changed" : after.active ? "reactivated" : "deactivated";
  await record(tx, principal, `user.${verb}`, {
    target: { type: "user", id: after.id, name: after.userId },
    before: { ...difference.before, ...(signIn && { sign_in_email: signIn.before }) },
    after: { ...difference.after, ...(signIn && { sign_in_email: signIn.after }) },
  });
  const known = (person: PersonRow) => [person.userId, person.role, person.active].join("\n");
  if (known(before) !== known(after)) await announce(tx, "user", after.id);
}
