"use client";

import { useQuery } from "@tanstack/react-query";
import { RefreshCw } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { CheckCard } from "@/components/connections/check-card";
import { CheckedAgo } from "@/components/connections/checked-ago";
import { ConnectionsSection } from "@/components/connections/connections-section";
import { type Finding, findings } from "@/components/connections/findings";
import { transportFinding } from "@/components/connections/transport-finding";
import { useBrowserOrigin } from "@/components/connections/use-browser-origin";
import { LoadFault } from "@/components/shell/load-fault";
import { useAnnounce } from "@/components/ui/announcer";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { Output } from "@/lib/http/endpoint";
import type { PageAddress } from "@/lib/http/page-address";
import type { readConnectionChecks } from "@/lib/status/contract";
import { checksOfPage, connectionChecksQuery } from "@/lib/status/hooks";

interface ChecksSectionProps {
  initial: Output<typeof readConnectionChecks.answer>;
  address: PageAddress;
}

/** What Latchkey has proved about itself, with evidence and time; checked anew every half minute and on request. */
export function ChecksSection({ initial, address }: ChecksSectionProps) {
  const checks = useQuery({ ...connectionChecksQuery(), initialData: () => checksOfPage(initial) });
  const [asked, setAsked] = useState(false);
  const inUse = useBrowserOrigin(address.inUse);
  const transport = transportFinding({ inUse, seen: address.inUse, configured: address.configured });
  const found = [...findings(checks.data), transport];
  const pending = checks.data.database?.migrations?.pending ?? 0;
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
            what="checks"
            error={checks.error}
            shownSince={new Date(checks.dataUpdatedAt)}
            onRetry={checkAgain}
            retrying={asked}
          />
        </div>
      )}
      {pending > 0 && (
        <div className="mb-3">
          <Notice
            tone="warning"
            title={pending === 1 ? "1 migration is pending" : `${pending} migrations are pending`}
          >
            The database is older than this version of Latchkey. Restart it to bring the tables up to date.
          </Notice>
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
