"use client";

import { type ComponentProps, type ReactNode, useId } from "react";

interface CheckboxProps extends Omit<ComponentProps<"input">, "type" | "id"> {
  label: string;
  /** What ticking it means; read out with it. */
  hint?: ReactNode;
  id?: string;
}

/** A native checkbox with its label beside it. */
export function Checkbox({ label, hint, id, ...rest }: CheckboxProps) {
  const ownId = useId();
  const inputId = id ?? ownId;

  return (
    <div className="flex items-start gap-2.5">
      <input
        {...rest}
        type="checkbox"
        id={inputId}
        aria-describedby={hint ? `${inputId}-hint` : undefined}
        className="mt-px"
      />
      <div>
        <label htmlFor={inputId} className="font-medium">
          {label}
        </label>
        {hint && (
          <div id={`${inputId}-hint`} className="mt-0.5 text-help text-ink3">
            {hint}
          </div>
        )}
      </div>
    </div>
  );
}
