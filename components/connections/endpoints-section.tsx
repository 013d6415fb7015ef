"use client";

import { useRef } from "react";
import { ConnectionsSection } from "@/components/connections/connections-section";
import { CopyButton } from "@/components/ui/copy-button";

/** The addresses that other systems are given. */
export function EndpointsSection({ apiBaseUrl }: { apiBaseUrl: string }) {
  return (
    <ConnectionsSection title="Endpoints" lead="The addresses that other systems are given.">
      <dl className="divide-y divide-line rounded-table border border-line bg-surface">
        <Endpoint
          label="API base URL"
          value={apiBaseUrl}
          neededBy="Scripts and services that manage accounts and tokens."
        />
        <Endpoint
          label="SCIM base URL"
          value={`${apiBaseUrl}/scim/v2`}
          neededBy="The identity provider that keeps people and teams up to date; with a SCIM token."
        />
      </dl>
    </ConnectionsSection>
  );
}

interface EndpointProps {
  label: string;
  value: string;
  neededBy: string;
}

function Endpoint({ label, value, neededBy }: EndpointProps) {
  const shown = useRef<HTMLElement>(null);

  return (
    <div className="px-3.5 py-2.5">
      <dt className="font-medium">{label}</dt>
      <dd className="flex flex-wrap items-center gap-x-2">
        <code ref={shown} className="wrap-anywhere min-w-0 font-mono text-token" translate="no">
          {value}
        </code>
        <CopyButton text={value} what={label} shownIn={shown} />
      </dd>
      <dd className="text-help text-ink3">{neededBy}</dd>
    </div>
  );
}
