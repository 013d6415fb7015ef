"use client";

import type { ReactNode } from "react";
import { statusNames } from "@/components/tokens/token-status-badge";
import {
  type TokensCondition,
  type TokensKind,
  type TokensView,
  tokenConditions,
} from "@/components/tokens/tokens-view";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { SearchBox } from "@/components/ui/search-box";
import { Select } from "@/components/ui/select";

interface TokensToolbarProps {
  view: TokensView;
  kinds: readonly TokensKind[];
  onChange: (change: Partial<Pick<TokensView, "type" | "status">>) => void;
  onSearch: (text: string) => void;
  /** The page's primary action. */
  children: ReactNode;
}

/** Which tokens are listed: their kind, a text, a status; and the way to a new one. */
export function TokensToolbar({ view, kinds, onChange, onSearch, children }: TokensToolbarProps) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-3">
      {kinds.length > 1 && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset with a legend isn't for buttons.
        <div role="group" aria-label="View" className="flex gap-1">
          {kinds.map((kind) => (
            <Button
              key={kind}
              variant="ghost"
              aria-pressed={kind === view.type}
              className="aria-pressed:bg-hover aria-pressed:text-ink"
              onClick={() => onChange({ type: kind })}
            >
              {kindNames[kind]}
            </Button>
          ))}
        </div>
      )}
      <div className="flex flex-1 gap-2 max-md:basis-full max-md:flex-col md:justify-end">
        {/* As wide as its longest choice, whatever is chosen: nothing beside it moves. */}
        <div className="shrink-0">
          <Field label="Status" hideLabel>
            <Select
              options={statusOptions}
              value={view.status ?? "all"}
              onValueChange={(status) => onChange({ status: status === "all" ? null : status })}
              className="md:w-34"
            />
          </Field>
        </div>
        <SearchBox
          label="Search tokens"
          placeholder="Search token or owner"
          value={view.q}
          onSearch={onSearch}
        />
        {children}
      </div>
    </div>
  );
}

const kindNames: Record<TokensKind, string> = { all: "All", service: "Service", personal: "Personal" };

const conditionNames: Record<TokensCondition, string> = {
  ...statusNames,
  "still-called": "Still called",
  "never-used": "Never used",
};

const statusOptions = [
  { value: "all", label: "All statuses" },
  ...tokenConditions.map((condition) => ({ value: condition, label: conditionNames[condition] })),
] as const;
