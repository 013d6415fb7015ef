import { db } from "@/db/client";
import { scimActivity } from "@/db/schema";
import type { Principal } from "@/lib/access/principal";
import { now } from "@/lib/clock";
import { once } from "@/lib/process";
import { scimBase } from "@/lib/scim/http/addresses";
import type { ScimReply } from "@/lib/scim/http/scim-response";

type Notes = Partial<Omit<typeof scimActivity.$inferInsert, "id">>;

const shelf = () => once("scim-activity", () => ({ notes: {} as Notes }));

/** Notes that the identity provider called, for the Connections page. Costs an object; the database hears at the next flush. */
export function noteScimRequest({ token }: Principal): void {
  note({ lastRequestAt: now(), lastTokenId: token?.id ?? null, lastTokenName: token?.name ?? null });
}

/**
 * Notes a refusal that somebody should look at. A 404 is how providers ask whether somebody is there; a request without
 * one of our tokens is no provider's.
 */
export function noteScimError(principal: Principal | undefined, request: Request, reply: ScimReply): void {
  if (
    reply.status === 404 ||
    (reply.status === 401 && !/bearer +lk_/i.test(request.headers.get("authorization") ?? ""))
  )
    return;
  const path = new URL(request.url).pathname.replace(scimBase, "");
  const { detail } = reply.body as { detail?: string };
  note({
    lastErrorAt: now(),
    lastErrorRequest: `${request.method} ${path || "/"}`.slice(0, 200),
    lastErrorStatus: reply.status,
    lastErrorDetail: detail?.slice(0, 500) ?? null,
    lastErrorTokenName: principal?.token?.name ?? null,
  });
}

/**
 * Writes what was noted since the last time: a sync of thousands of requests writes the one row once a second. What
 * fails to be written is forgotten, newer notes will come.
 */
export async function flushScimActivity(): Promise<void> {
  const kept = shelf();
  const { notes } = kept;
  kept.notes = {};
  if (Object.keys(notes).length === 0) return;
  await db()
    .insert(scimActivity)
    .values({ id: 1, ...notes })
    .onConflictDoUpdate({ target: scimActivity.id, set: notes });
}

function note(notes: Notes): void {
  Object.assign(shelf().notes, notes);
}
