import { Badge } from "@/components/ui/badge";
import type { TokenStatus } from "@/db/enums";

/** The status of a token, in words. */
export function TokenStatusBadge({ status }: { status: TokenStatus }) {
  return <Badge variant={status}>{statusNames[status]}</Badge>;
}

export const statusNames: Record<TokenStatus, string> = {
  active: "Active",
  expiring: "Expiring",
  expired: "Expired",
  revoked: "Revoked",
};
