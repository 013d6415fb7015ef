"use client";

import { useEffect, useRef } from "react";
import { classNames } from "@/components/ui/class-names";
import { controlClasses } from "@/components/ui/field";
import { noAutofill } from "@/components/ui/no-autofill";

interface MomentInputProps {
  /** Stands before it, as "From". */
  label: string;
  /** ISO 8601. */
  value: string | null;
  /** Called when a whole moment stands there and nothing more is typed for a while, or when it was emptied. */
  onChange: (moment: string | null) => void;
}

/** A day and a time, as the browser's own clock has them. */
export function MomentInput({ label, value, onChange }: MomentInputProps) {
  const input = useRef<HTMLInputElement>(null);
  const pending = useRef<ReturnType<typeof setTimeout>>(undefined);

  // Not by React's `value`: it would take away a moment that is half typed. The server knows no time zone.
  useEffect(() => {
    const shown = value === null ? "" : localMinute(new Date(value));
    if (input.current && input.current.value !== shown) input.current.value = shown;
  }, [value]);
  useEffect(() => () => clearTimeout(pending.current), []);

  const settle = (text: string, halfTyped: boolean) => {
    const moment = new Date(text);
    // A year is typed digit by digit: 0002 is one that isn't done.
    if (text !== "" && moment.getFullYear() < 1970) return;
    if (halfTyped) return;
    onChange(text === "" ? null : moment.toISOString());
  };

  return (
    <label className="flex items-center gap-2 max-md:w-full">
      <span className="text-ink2 max-md:w-10">{label}</span>
      <input
        ref={input}
        type="datetime-local"
        {...noAutofill}
        onChange={({ target }) => {
          clearTimeout(pending.current);
          pending.current = setTimeout(() => settle(target.value, target.validity.badInput), pause);
        }}
        className={classNames(controlClasses, "md:w-50")}
      />
    </label>
  );
}

/** `2026-11-27T10:45`, as such an input takes it. */
function localMinute(date: Date): string {
  const shifted = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}

const pause = 500;
