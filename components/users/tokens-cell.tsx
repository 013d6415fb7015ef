"use client";

import { useNow } from "@/components/ui/relative-time";
import { relativeTime } from "@/components/ui/time-format";
import { expiringWithin } from "@/lib/tokens/status";
import type { User } from "@/lib/users/contract";

/** How many tokens of an account are good, and a word of warning when the first of them ends soon. */
export function TokensCell({ user: { active, tokens } }: { user: Pick<User, "active" | "tokens"> }) {
  if (tokens.total === 0) return <span className="text-ink3">None</span>;
  if (!active) return <>{tokens.active} stopped</>;

  return (
    <>
      {tokens.active} active
      {tokens.next_expiration && <ExpiresSoon at={new Date(tokens.next_expiration)} />}
    </>
  );
}

/** Nothing while there is time. */
function ExpiresSoon({ at }: { at: Date }) {
  const now = useNow();
  if (!now || at.getTime() - now.getTime() > expiringWithin) return null;
  return <span className="mt-0.5 block text-expiring text-help">Expires {relativeTime(at, now)}</span>;
}
