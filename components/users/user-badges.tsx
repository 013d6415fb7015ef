import { Badge } from "@/components/ui/badge";
import type { User } from "@/lib/users/contract";

/** What kind of account it is, where that isn't a person made here, and whether it is out of use. */
export function UserBadges({ user }: { user: Pick<User, "user_type" | "active" | "managed_by"> }) {
  return (
    <span className="inline-flex flex-wrap gap-1">
      {user.user_type === "Service" && <Badge variant="service">Service</Badge>}
      {user.managed_by && <Badge variant="scim">SCIM</Badge>}
      {!user.active && <Badge variant="neutral">Deactivated</Badge>}
    </span>
  );
}
