"use client";

import { type MouseEvent, useEffect, useRef } from "react";
import { Notice } from "@/components/ui/notice";

export interface SummaryError {
  /** The `id` given to the `Field`, `RadioRows` or `Checklist`. */
  fieldId: string;
  /** The same words as beside the field. */
  message: string;
}

interface ErrorSummaryProps {
  errors: readonly SummaryError[];
  /** Changes with each attempt (a form's `submitCount`), so that the summary takes focus again. */
  attempt: number;
}

/** For two faults or more: takes focus, and leads to each field. */
export function ErrorSummary({ errors, attempt }: ErrorSummaryProps) {
  const box = useRef<HTMLDivElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt moves focus, changed errors alone don't.
  useEffect(() => box.current?.focus(), [attempt]);

  return (
    <Notice tone="danger" title="There is a problem" ref={box}>
      <ul className="mt-1 flex flex-col gap-1">
        {errors.map((error) => (
          <li key={error.fieldId}>
            <a
              href={`#${error.fieldId}`}
              onClick={(event) => focusField(event, error.fieldId)}
              className="underline underline-offset-2"
            >
              {error.message}
            </a>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function focusField(event: MouseEvent, fieldId: string) {
  event.preventDefault();
  const target = document.getElementById(fieldId);
  // A group has no focus of its own: its chosen radio, or else its first box, has.
  const control =
    target?.querySelector<HTMLElement>("input:checked:not([aria-readonly])") ??
    target?.querySelector<HTMLElement>("input") ??
    target;
  control?.focus();
}
