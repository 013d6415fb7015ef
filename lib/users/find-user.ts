import { eq } from "drizzle-orm";
import { db } from "@/db/client";
import { users } from "@/db/schema";
import { hasPermission } from "@/lib/access/permissions";
import type { Principal } from "@/lib/access/principal";
import { Problem } from "@/lib/errors";
import { isoSecondsOrNull } from "@/lib/http/timestamps";
import type { CurrentUser, User } from "@/lib/users/contract";
import { findUserRow, presentUser, readUsers } from "@/lib/users/rows";

/**
 * Reads an account: Managers anybody's, others their own (A1).
 * @throws Problem `not_found` (404), also for an account that the principal may not see
 */
export async function findUser(principal: Principal, id: number): Promise<User> {
  const allowed = id === principal.user.id || hasPermission(principal, "users:read");
  const [user] = allowed ? await readUsers([id]) : [];
  if (!user) throw new Problem("not_found", `There is no user ${id}.`);
  return user;
}

/** The principal's own account and, when the request came with one, its token. */
export async function findCurrentUser(principal: Principal): Promise<CurrentUser> {
  if (principal.user.id === null) throw new Problem("not_found", "Latchkey itself has no account.");
  const row = await findUserRow(db(), eq(users.id, principal.user.id));
  if (!row) throw new Problem("not_found", "This account was deleted.");
  const { token } = principal;
  if (!token) return presentUser(row);
  return {
    ...presentUser(row),
    token: {
      id: token.id,
      name: token.name,
      expiration: isoSecondsOrNull(token.expiresAt),
      scim: token.scim,
    },
  };
}
