import { and, eq, lt, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { sessions, users } from "@/db/schema";
import type { Principal, RequestOrigin } from "@/lib/access/principal";
import { hours, minutes, now } from "@/lib/clock";
import { auth } from "@/lib/sign-in/auth";

/** A session that long unused is over. */
const sessionIdle = hours(12);
/** How stale the note of the last use may get before it is written again. */
const noteEvery = minutes(1);

/** The person whose session the cookie names, while it lasts and the account is active. */
export async function findSession(
  cookieHeader: string,
  request: RequestOrigin,
): Promise<Principal | undefined> {
  const found = await auth().api.getSession({
    headers: new Headers({ cookie: cookieHeader }),
    query: { disableRefresh: true },
  });
  if (!found) return undefined;

  const [row] = await db()
    .select({
      session: {
        id: sessions.id,
        token: sessions.token,
        lastActiveAt: sessions.lastActiveAt,
        expiresAt: sessions.expiresAt,
      },
      user: {
        id: users.id,
        userId: users.userId,
        name: users.name,
        userType: users.userType,
        role: users.role,
      },
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(and(eq(sessions.token, found.session.token), eq(users.active, true)));
  if (!row) return undefined;

  const at = now().getTime();
  if (row.session.expiresAt.getTime() <= at || row.session.lastActiveAt.getTime() + sessionIdle <= at)
    return undefined;
  if (row.session.lastActiveAt.getTime() + noteEvery <= at) await noteActivity(row.session.id, row.user.id);

  return { user: row.user, session: { id: row.session.id, token: row.session.token }, request };
}

async function noteActivity(sessionId: number, userId: number): Promise<void> {
  const at = now();
  await db()
    .update(sessions)
    .set({ lastActiveAt: at })
    .where(and(eq(sessions.id, sessionId), lt(sessions.lastActiveAt, at)));
  await db()
    .update(users)
    .set({ lastSeenAt: sql`greatest(${users.lastSeenAt}, ${at.toISOString()}::timestamptz)` })
    .where(eq(users.id, userId));
}
