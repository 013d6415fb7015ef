import { RelativeTime } from "@/components/ui/relative-time";
import type { User } from "@/lib/users/contract";

/** When an account last signed in, or called with one of its tokens. */
export function LastSeen({ user: { last_seen_at, user_type } }: { user: User }) {
  if (last_seen_at) return <RelativeTime at={last_seen_at} />;
  return user_type === "Service" ? "Not used" : "Never";
}
