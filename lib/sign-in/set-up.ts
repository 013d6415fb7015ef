import { and, eq } from "drizzle-orm";
import { type Database, db, transaction } from "@/db/client";
import { instance, users } from "@/db/schema";
import { requirePermission } from "@/lib/access/permissions";
import { type RequestOrigin, systemPrincipal } from "@/lib/access/principal";
import { sameBytes } from "@/lib/access/secret";
import { Problem } from "@/lib/errors";
import type { Output } from "@/lib/http/endpoint";
import type { firstAdministrator, signIn } from "@/lib/sign-in/contract";
import { insertAdministrator } from "@/lib/sign-in/insert-administrator";
import { hashOneTimeCode, mintOneTimeCode } from "@/lib/sign-in/one-time-code";

/** Whether the instance still waits for its first administrator: a person with the Admin role. */
export async function needsSetUp(source: Database = db()): Promise<boolean> {
  const admins = await source.$count(users, and(eq(users.userType, "User"), eq(users.role, "Admin")));
  return admins === 0;
}

/** Makes a new set-up code, in place of any before, and keeps its hash. */
export async function renewSetUpCode(): Promise<string> {
  const code = mintOneTimeCode();
  await db()
    .update(instance)
    .set({ setupCodeHash: hashOneTimeCode(code) });
  return code;
}

/**
 * Creates the first administrator for whoever holds the code from the server's log.
 * @throws Problem `already_set_up` (409) once there is one, `link_used_up` (410) for another code
 */
export async function setUpInstance(
  request: RequestOrigin,
  input: Output<typeof firstAdministrator>,
): Promise<Output<typeof signIn.answer>> {
  const principal = systemPrincipal("setup", request);
  requirePermission(principal, "users:manage");

  return transaction(async (tx) => {
    // Two browsers may hold the code; the row's lock lets one of them in.
    const [row] = await tx.select().from(instance).for("update");
    if (!(await needsSetUp(tx)))
      throw new Problem("already_set_up", "This instance has an administrator. Sign in instead.");
    if (!row?.setupCodeHash || !sameBytes(row.setupCodeHash, hashOneTimeCode(input.code)))
      throw new Problem(
        "link_used_up",
        "This set-up code is not valid. Take the link from the log of the server's last start.",
      );

    const account = await insertAdministrator(tx, principal, input);
    await tx.update(instance).set({ setupCodeHash: null });
    return { id: account.id, name: account.name, email: input.email };
  });
}
