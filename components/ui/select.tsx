"use client";

import { Select as Base } from "@base-ui/react/select";
import { Check, ChevronDown } from "lucide-react";
import type { Ref } from "react";
import { classNames } from "@/components/ui/class-names";
import { controlClasses, useFieldControl } from "@/components/ui/field";

export interface SelectOption<Value extends string> {
  value: Value;
  /** The whole text, as "90 days — 21 Feb 2027". */
  label: string;
}

interface SelectProps<Value extends string> {
  options: readonly SelectOption<Value>[];
  value: Value;
  onValueChange: (value: Value) => void;
  /** The button that opens it: where focus goes on a fault. */
  ref?: Ref<HTMLButtonElement>;
  onBlur?: () => void;
  className?: string;
}

/** One out of a list, inside a `Field`; found by the field's label. Esc closes the list and nothing around it. */
export function Select<Value extends string>({
  options,
  value,
  onValueChange,
  ref,
  onBlur,
  className,
}: SelectProps<Value>) {
  const { id, labelId, describedBy, invalid } = useFieldControl();

  return (
    <Base.Root
      items={options}
      value={value}
      onValueChange={(next) => {
        if (next !== null) onValueChange(next);
      }}
      modal={false}
    >
      <Base.Trigger
        ref={ref}
        id={id}
        aria-labelledby={labelId}
        aria-describedby={describedBy}
        aria-invalid={invalid || undefined}
        onBlur={onBlur}
        className={classNames(controlClasses, "flex items-center justify-between gap-2 text-left", className)}
      >
        <Base.Value className="min-w-0" />
        <Base.Icon className="text-ink3">
          <ChevronDown />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-10">
          <Base.Popup className="min-w-(--anchor-width) max-w-(--available-width) rounded-control border border-line bg-surface p-1 text-ink shadow-overlay overlay-motion">
            <Base.List
              // Not the field's label: that is to name one element, the button.
              aria-label="Options"
              className="max-h-[min(20rem,var(--available-height))] overflow-y-auto"
            >
              {options.map((option) => (
                <Base.Item
                  key={option.value}
                  value={option.value}
                  className="flex min-h-9 cursor-default items-center gap-2 rounded-badge py-1.5 pr-3 pl-8 data-[highlighted]:bg-hover data-[selected]:pl-2 data-[selected]:font-medium max-md:min-h-11"
                >
                  <Base.ItemIndicator className="text-accent">
                    <Check />
                  </Base.ItemIndicator>
                  <Base.ItemText>{option.label}</Base.ItemText>
                </Base.Item>
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
