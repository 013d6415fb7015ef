"use client";

import { TriangleAlert } from "lucide-react";
import { agoText, callerText, callsText } from "@/components/token-usage/caller-text";
import { UsageSparkline } from "@/components/token-usage/usage-sparkline";
import { RelativeTime, useNow } from "@/components/ui/relative-time";
import { CellDetail } from "@/components/ui/table";
import type { DayOfUsage } from "@/lib/token-usage/contract";
import type { Token } from "@/lib/tokens/contract";

/** How much each token was used: day by day, on its way, or not to be had. */
export type UsageByToken = ReadonlyMap<number, readonly DayOfUsage[]> | "loading" | "failed";

/** When a token was used last, from where, and how much; of a dead one, who hasn't noticed. */
export function TokenLastUse({ token, usage }: { token: Token; usage: UsageByToken }) {
  const now = useNow();

  return (
    <>
      {token.last_used_at ? <RelativeTime at={token.last_used_at} /> : "Not used"}
      {token.last_used_ip && <CellDetail>{token.last_used_ip}</CellDetail>}
      <div className="mt-1 empty:hidden">
        <Usage usage={usage} id={token.id} />
      </div>
      {token.still_called && token.last_refused_at && (
        <span className="mt-1 flex items-start gap-1.5 text-danger-text text-help">
          <TriangleAlert className="mt-px size-3.5" />
          <span>
            Still called {agoText(token.last_refused_at, now)} by{" "}
            {callerText(token.last_refused_ip, token.last_refused_user_agent)}:{" "}
            {callsText(token.refused_count)} refused
          </span>
        </span>
      )}
    </>
  );
}

function Usage({ usage, id }: { usage: UsageByToken; id: number }) {
  if (usage === "failed") return <span className="text-help text-ink3">Usage unavailable</span>;
  const days = usage === "loading" ? undefined : usage.get(id);
  return days && <UsageSparkline days={days} />;
}
