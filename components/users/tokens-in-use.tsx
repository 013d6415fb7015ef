"use client";

import { useNow } from "@/components/ui/relative-time";
import { absoluteUtc, relativeTime } from "@/components/ui/time-format";
import type { TokenSummary } from "@/lib/tokens/contract";

/** "2 active tokens, last used 3 minutes ago" */
export function TokensInUse({ tokens: { active, last_used_at } }: { tokens: TokenSummary }) {
  const now = useNow();
  if (active === 0) return <>no active token</>;

  const count = active === 1 ? "1 active token" : `${active} active tokens`;
  if (!last_used_at) return <>{count}, not used so far</>;
  const at = new Date(last_used_at);
  return (
    <>
      {count}, last used {now ? relativeTime(at, now) : absoluteUtc(at)}
    </>
  );
}
