"use client";

import { statusNames } from "@/components/tokens/token-status-badge";
import type { TokensKind, TokensView } from "@/components/tokens/tokens-view";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { SearchBox } from "@/components/ui/search-box";
import { Select } from "@/components/ui/select";
import { tokenStatuses } from "@/db/enums";

interface TokensToolbarProps {
  view: TokensView;
  kinds: readonly TokensKind[];
  onChange: (change: Partial<Pick<TokensView, "type" | "status">>) => void;
  onSearch: (text: string) => void;
}

/** Which tokens are listed: their kind, a text, a status. */
export function TokensToolbar({ view, kinds, onChange, onSearch }: TokensToolbarProps) {
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
      <div className="flex flex-1 flex-wrap gap-2 max-md:basis-full max-md:flex-col md:justify-end">
        <Field label="Status" hideLabel>
          <Select
            options={statusOptions}
            value={view.status ?? "all"}
            onValueChange={(status) => onChange({ status: status === "all" ? null : status })}
            className="w-44 max-md:w-full"
          />
        </Field>
        <SearchBox
          label="Search tokens"
          placeholder="Search token or owner"
          value={view.q}
          onSearch={onSearch}
        />
      </div>
    </div>
  );
}

const kindNames: Record<TokensKind, string> = { service: "Service", personal: "Personal" };

const statusOptions = [
  { value: "all", label: "All statuses" },
  ...tokenStatuses.map((status) => ({ value: status, label: statusNames[status] })),
] as const;
