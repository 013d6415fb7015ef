import { eq } from "drizzle-orm";
import { transaction } from "@/db/client";
import { sessions } from "@/db/schema";
import type { Principal } from "@/lib/access/principal";
import { record } from "@/lib/audit/record";
import { Problem } from "@/lib/errors";

/** Ends the session of this request. */
export async function endSession(principal: Principal): Promise<void> {
  const { session } = principal;
  if (!session) throw new Problem("forbidden", "Only a session can be signed out; revoke a token instead.");

  await transaction(async (tx) => {
    const ended = await tx.delete(sessions).where(eq(sessions.id, session.id)).returning({ id: sessions.id });
    if (ended.length > 0) await record(tx, principal, "session.ended");
  });
}

/** Ends all sessions of the principal, this one included. */
export async function endAllSessions(principal: Principal): Promise<void> {
  const { id } = principal.user;
  if (!principal.session || id === null)
    throw new Problem("forbidden", "Only a session can sign out everywhere.");

  await transaction(async (tx) => {
    const ended = await tx.delete(sessions).where(eq(sessions.userId, id)).returning({ id: sessions.id });
    await record(tx, principal, "sessions.ended", { after: { ended: ended.length } });
  });
}
