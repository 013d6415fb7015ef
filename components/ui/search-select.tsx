"use client";

import { Combobox as Base } from "@base-ui/react/combobox";
import { ChevronDown } from "lucide-react";
import { classNames } from "@/components/ui/class-names";
import { ComboboxOptions, type Option } from "@/components/ui/combobox-options";
import { controlClasses, useFieldControl } from "@/components/ui/field";
import { noAutofill } from "@/components/ui/no-autofill";

export type SearchSelectOption = Option<string>;

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
            <ComboboxOptions status={status} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
