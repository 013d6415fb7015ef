"use client";

import { Combobox as Base } from "@base-ui/react/combobox";
import { Check, ChevronDown } from "lucide-react";
import { classNames } from "@/components/ui/class-names";
import { controlClasses, useFieldControl } from "@/components/ui/field";
import { noAutofill } from "@/components/ui/no-autofill";

export interface SearchSelectOption {
  value: string;
  label: string;
}

interface SearchSelectProps {
  /** What fits the text; the owner looks it up. */
  options: readonly SearchSelectOption[];
  value: SearchSelectOption;
  onValueChange: (option: SearchSelectOption) => void;
  /** The text was typed: time to look for what fits it. */
  onSearch: (text: string) => void;
  /** The name of the search box, as "Search teams". */
  searchLabel: string;
  /** Says how the search stands, as "No teams match."; absent when the options speak. */
  status: string | undefined;
}

/**
 * A `Select` of many options, which are looked for by typing once it is open; inside a `Field`. The box stands in the
 * list, not in the page, so that nothing around it has to be hidden from assistive technology meanwhile.
 */
export function SearchSelect({
  options,
  value,
  onValueChange,
  onSearch,
  searchLabel,
  status,
}: SearchSelectProps) {
  const { id, labelId, describedBy, invalid } = useFieldControl();

  return (
    <Base.Root
      items={options}
      filter={null}
      value={value}
      onValueChange={(option) => option && onValueChange(option)}
      onInputValueChange={(text, { reason }) => onSearch(reason === "input-change" ? text : "")}
      itemToStringLabel={({ label }) => label}
      isItemEqualToValue={(one, other) => one.value === other.value}
      autoHighlight
    >
      <Base.Trigger
        id={id}
        aria-labelledby={`${labelId} ${id}`}
        aria-describedby={describedBy}
        aria-invalid={invalid || undefined}
        className={classNames(controlClasses, "flex items-center justify-between gap-2 text-left")}
      >
        <span className="min-w-0 truncate">
          <Base.Value />
        </span>
        <ChevronDown className="shrink-0 text-ink3" />
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} className="z-10">
          <Base.Popup
            aria-label={searchLabel}
            className="w-(--anchor-width) min-w-56 max-w-(--available-width) rounded-control border border-line bg-surface text-ink shadow-overlay overlay-motion"
          >
            <div className="border-line border-b p-1.5">
              <Base.Input
                {...noAutofill}
                spellCheck={false}
                aria-label={searchLabel}
                placeholder={searchLabel}
                className={controlClasses}
              />
            </div>
            <Base.Status className="px-3 text-ink2 not-empty:py-2">{status}</Base.Status>
            <Base.List
              aria-label="Options"
              className="max-h-[min(18rem,var(--available-height))] overflow-y-auto not-empty:p-1"
            >
              {(option: SearchSelectOption) => (
                <Base.Item
                  key={option.value}
                  value={option}
                  className="flex min-h-9 cursor-default items-center gap-2 rounded-badge py-1.5 pr-3 pl-8 wrap-anywhere data-[highlighted]:bg-hover data-[selected]:pl-2 data-[selected]:font-medium max-md:min-h-11"
                >
                  <Base.ItemIndicator className="text-accent">
                    <Check />
                  </Base.ItemIndicator>
                  {option.label}
                </Base.Item>
              )}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
