"use client";

import { Combobox as Base } from "@base-ui/react/combobox";
import { ChevronDown } from "lucide-react";
import type { Ref } from "react";
import { ComboboxOptions, type Option } from "@/components/ui/combobox-options";
import { controlClasses, useFieldControl } from "@/components/ui/field";
import { noAutofill } from "@/components/ui/no-autofill";

export type ComboboxOption = Option<number>;

interface ComboboxProps {
  /** What fits the text; the owner looks it up. */
  options: readonly ComboboxOption[];
  value: ComboboxOption | null;
  onValueChange: (option: ComboboxOption | null) => void;
  /** The text was typed: time to look for what fits it. */
  onSearch: (text: string) => void;
  /** Says how the search stands, as "Searching…" or "No service users match"; absent when the options speak. */
  status: string | undefined;
  placeholder: string;
  /** Where focus goes on a fault. */
  ref?: Ref<HTMLInputElement>;
}

/**
 * One out of many, found by typing, inside a `Field`. ↓ and ↑ move through what fits, Enter takes it, Esc closes the
 * list and nothing around it.
 */
export function Combobox({
  options,
  value,
  onValueChange,
  onSearch,
  status,
  placeholder,
  ref,
}: ComboboxProps) {
  const { id, describedBy, invalid } = useFieldControl();

  return (
    <Base.Root
      items={options}
      filter={null}
      value={value}
      onValueChange={onValueChange}
      onInputValueChange={(text, { reason }) => {
        if (reason === "input-change" || reason === "input-clear" || reason === "clear-press") onSearch(text);
      }}
      itemToStringLabel={(option) => option.label}
      isItemEqualToValue={(one, other) => one.value === other.value}
      autoHighlight
    >
      <div className="relative">
        <Base.Input
          ref={ref}
          id={id}
          {...noAutofill}
          spellCheck={false}
          placeholder={placeholder}
          aria-describedby={describedBy}
          aria-invalid={invalid || undefined}
          className={`${controlClasses} pr-9`}
        />
        <ChevronDown className="-translate-y-1/2 pointer-events-none absolute top-1/2 right-2.5 text-ink3" />
      </div>
      <Base.Portal>
        <Base.Positioner sideOffset={4} className="z-10">
          <Base.Popup className="w-(--anchor-width) rounded-control border border-line bg-surface text-ink shadow-overlay overlay-motion">
            <ComboboxOptions status={status} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
