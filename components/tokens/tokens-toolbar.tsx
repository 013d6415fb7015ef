"use client";

import type { SetValues, Values } from "nuqs";
import { statusNames } from "@/components/tokens/token-status-badge";
import type { TokenView, tokensSearch } from "@/components/tokens/tokens-search";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { SearchBox } from "@/components/ui/search-box";
import { Select } from "@/components/ui/select";
import { tokenStatuses } from "@/db/enums";

interface TokensToolbarProps {
  view: TokenView;
  views: readonly TokenView[];
  search: Values<typeof tokensSearch>;
  onSearch: SetValues<typeof tokensSearch>;
}

/** Which tokens are listed: the view, a text, a status. Each change starts at the first page. */
export function TokensToolbar({ view, views, search, onSearch }: TokensToolbarProps) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-3">
      {views.length > 1 && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset with a legend isn't for buttons.
        <div role="group" aria-label="View" className="flex gap-1">
          {views.map((each) => (
            <Button
              key={each}
              variant="ghost"
              aria-pressed={each === view}
              className="aria-pressed:bg-hover aria-pressed:text-ink"
              onClick={() => onSearch({ type: each, page: null }, { history: "push" })}
            >
              {viewNames[each]}
            </Button>
          ))}
        </div>
      )}
      <div className="flex flex-1 flex-wrap gap-2 max-md:basis-full max-md:flex-col md:justify-end">
        <Field label="Status" hideLabel>
          <Select
            options={statusOptions}
            value={search.status ?? "all"}
            onValueChange={(status) =>
              onSearch({ status: status === "all" ? null : status, page: null }, { history: "push" })
            }
            className="w-44 max-md:w-full"
          />
        </Field>
        <SearchBox
          label="Search tokens"
          placeholder="Search token or owner"
          value={search.q}
          onSearch={(q) => onSearch({ q: q || null, page: null })}
        />
      </div>
    </div>
  );
}

const viewNames: Record<TokenView, string> = { service: "Service", personal: "Personal" };

const statusOptions = [
  { value: "all", label: "All statuses" },
  ...tokenStatuses.map((status) => ({ value: status, label: statusNames[status] })),
] as const;
