"use client";

import { useQuery } from "@tanstack/react-query";
import type { TokensCondition } from "@/components/tokens/tokens-view";
import { Button } from "@/components/ui/button";
import { type TokensScope, tokenCountsQuery } from "@/lib/tokens/hooks";

interface TokensCountersProps {
  scope: TokensScope;
  /** What the list is narrowed to now. */
  current: TokensCondition | null;
  onChange: (status: TokensCondition | null) => void;
}

/** How many tokens want attention; each count is a filter, and only there while it isn't zero. */
export function TokensCounters({ scope, current, onChange }: TokensCountersProps) {
  const { data, error } = useQuery(tokenCountsQuery(scope));
  if (error && !data) return <p className="text-ink3">Counts unavailable</p>;
  const shown = counters.filter(({ key, status }) => (data?.[key] ?? 0) > 0 || status === current);
  if (!data || shown.length === 0) return null;

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset with a legend isn't for buttons.
    <div role="group" aria-label="Needs attention" className="flex flex-wrap gap-2">
      {shown.map(({ key, status, label }) => (
        <Button
          key={key}
          aria-pressed={status === current}
          className="aria-pressed:border-accent aria-pressed:bg-selected"
          onClick={() => onChange(status === current ? null : status)}
        >
          {countText(data[key])} <span className="font-normal">{label}</span>
        </Button>
      ))}
    </div>
  );
}

/** What is above is an estimate. */
const countedAtMost = 10_000;

function countText(count: number): string {
  return count > countedAtMost ? `${countedAtMost.toLocaleString("en")}+` : count.toLocaleString("en");
}

const counters = [
  { key: "expiring", status: "expiring", label: "expiring in 14 days" },
  { key: "still_called", status: "still-called", label: "expired or revoked, still being called" },
  { key: "never_used", status: "never-used", label: "never used" },
] as const;
