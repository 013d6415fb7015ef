"use client";

import { useQuery } from "@tanstack/react-query";
import { RefreshCw } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { CheckCard } from "@/components/connections/check-card";
import { CheckedAgo } from "@/components/connections/checked-ago";
import { ConnectionsSection } from "@/components/connections/connections-section";
import { type Finding, findings } from "@/components/connections/findings";
import { LoadFault } from "@/components/shell/load-fault";
import { useAnnounce } from "@/components/ui/announcer";
import { Button } from "@/components/ui/button";
import type { Output } from "@/lib/http/endpoint";
import type { readConnectionChecks } from "@/lib/status/contract";
import { checksOfPage, connectionChecksQuery } from "@/lib/status/hooks";

/** What Latchkey has proved about itself, with evidence and time; checked anew every half minute and on request. */
export function ChecksSection({ initial }: { initial: Output<typeof readConnectionChecks.answer> }) {
  const checks = useQuery({ ...connectionChecksQuery(), initialData: () => checksOfPage(initial) });
  const [asked, setAsked] = useState(false);
  const found = findings(checks.data);
  const repeat = useAnnouncedFindings(found);

  const checkAgain = async () => {
    setAsked(true);
    await checks.refetch();
    setAsked(false);
    repeat();
  };

  return (
    <ConnectionsSection
      title="Checks"
      lead={<CheckedAgo at={checks.dataUpdatedAt} atFirst={initial.checked_at} />}
      action={
        <Button icon={<RefreshCw />} onClick={checkAgain} pending={asked} pendingText="Checking…">
          Check again
        </Button>
      }
    >
      {checks.isError && (
        <div className="mb-3">
          <LoadFault
            title="The last check failed; below is what the one before found."
            error={checks.error}
            onRetry={checkAgain}
            retrying={asked}
          />
        </div>
      )}
      <ul className="grid gap-3 md:grid-cols-2">
        {found.map((finding) => (
          <CheckCard key={finding.name} finding={finding} />
        ))}
      </ul>
    </ConnectionsSection>
  );
}

/** Says the findings when they have changed. @returns says them once more, unless that has just happened */
function useAnnouncedFindings(found: Finding[]): () => void {
  const announce = useAnnounce();
  const summary = found.map(({ name, state }) => `${name}: ${state}.`).join(" ");
  const said = useRef({ summary, at: 0 });

  useEffect(() => {
    if (said.current.summary === summary) return;
    said.current = { summary, at: Date.now() };
    announce(summary);
  }, [summary, announce]);

  return () => {
    if (Date.now() - said.current.at > 1000) announce(said.current.summary);
  };
}
