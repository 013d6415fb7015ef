import type { Principal } from "@/lib/access/principal";
import { now } from "@/lib/clock";

/** The columns that say that an identity provider manages the row, and by which token it last wrote it (A8). */
export function provisionedBy({ token }: Principal) {
  return {
    provisionedAt: now(),
    provisionedByTokenId: token?.id ?? null,
    provisionedByTokenName: token?.name ?? null,
  };
}
