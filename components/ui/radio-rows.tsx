"use client";

import { type ReactNode, useId } from "react";
import { FieldError, FieldHint, fieldControl } from "@/components/ui/field";

export interface RadioOption<Value extends string> {
  value: Value;
  label: string;
  /** What choosing it means, in one line. */
  effect: string;
}

interface RadioRowsProps<Value extends string> {
  label: string;
  options: readonly RadioOption<Value>[];
  value: Value;
  onValueChange: (value: Value) => void;
  /** Also where an error summary links to. */
  id?: string;
  hint?: ReactNode;
  error?: string | undefined;
}

/** One out of a few, with all choices and what they mean in sight. */
export function RadioRows<Value extends string>({
  label,
  options,
  value,
  onValueChange,
  id,
  hint,
  error,
}: RadioRowsProps<Value>) {
  const ownId = useId();
  const group = fieldControl(id ?? ownId, { hint: Boolean(hint), error: Boolean(error) });

  return (
    <div>
      <div id={group.labelId} className="mb-1.5 font-medium">
        {label}
      </div>
      <div
        id={group.id}
        role="radiogroup"
        aria-labelledby={group.labelId}
        aria-describedby={group.describedBy}
        aria-invalid={group.invalid || undefined}
        className="divide-y divide-line rounded-control border border-control bg-surface"
      >
        {options.map((option) => (
          <div
            key={option.value}
            className="relative flex items-start gap-3 px-3 py-2 first:rounded-t-control last:rounded-b-control hover:bg-hover has-checked:bg-selected"
          >
            <input
              type="radio"
              id={`${group.id}-${option.value}`}
              name={group.id}
              value={option.value}
              checked={option.value === value}
              onChange={() => onValueChange(option.value)}
              aria-describedby={`${group.id}-${option.value}-effect`}
              className="relative z-1 mt-px"
            />
            <div>
              {/* Stretched over the row, so that all of it can be pressed while the name stays one word. */}
              <label
                htmlFor={`${group.id}-${option.value}`}
                className="font-medium after:absolute after:inset-0"
              >
                {option.label}
              </label>
              <p id={`${group.id}-${option.value}-effect`} className="text-help text-ink2">
                {option.effect}
              </p>
            </div>
          </div>
        ))}
      </div>
      {hint && <FieldHint id={`${group.id}-hint`}>{hint}</FieldHint>}
      {error && <FieldError id={`${group.id}-error`}>{error}</FieldError>}
    </div>
  );
}
