import { db } from "@/db/client";
import { scimActivity } from "@/db/schema";
import { hours, now } from "@/lib/clock";
import { isoSeconds } from "@/lib/http/timestamps";
import type { ScimCheck } from "@/lib/status/contract";

/** "Connected" takes a request within this. */
const connectedWithin = hours(24);

/** What the identity provider last did over SCIM, a second or so behind. */
export async function checkScim(): Promise<ScimCheck> {
  const [row] = await db().select().from(scimActivity);
  return {
    state: stateOf(row?.lastRequestAt ?? null),
    last_request: row?.lastRequestAt ? { at: isoSeconds(row.lastRequestAt), token: row.lastTokenName } : null,
    last_error: row?.lastErrorAt
      ? {
          at: isoSeconds(row.lastErrorAt),
          request: row.lastErrorRequest ?? "",
          status: row.lastErrorStatus ?? 0,
          detail: row.lastErrorDetail,
          token: row.lastErrorTokenName,
        }
      : null,
  };
}

function stateOf(lastRequestAt: Date | null): ScimCheck["state"] {
  if (!lastRequestAt) return "ready";
  return now().getTime() - lastRequestAt.getTime() <= connectedWithin ? "connected" : "quiet";
}
