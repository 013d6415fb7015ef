import { Badge } from "@/components/ui/badge";
import { CellDetail } from "@/components/ui/table";
import type { AuditEvent } from "@/lib/audit/contract";

/** Who did something, as they were called then, and with which token. */
export function Actor({ event: { actor, token } }: { event: AuditEvent }) {
  return (
    <>
      <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
        {actor ? (
          (actor.name ?? actor.user_id)
        ) : (
          <span className="text-ink3">{token ? "Unknown" : "Not signed in"}</span>
        )}
        {actor?.user_id?.endsWith("@service") && <Badge variant="service">Service</Badge>}
      </span>
      {actor?.user_id && actor.user_id !== actor.name && <CellDetail>{actor.user_id}</CellDetail>}
      {token && <span className="mt-0.5 block text-help text-ink3">with token {token.name}</span>}
    </>
  );
}
