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

  const settle = (text: string, halfTyped: boolean) => {
    const moment = new Date(text);
    // A year is typed digit by digit: 0002 is one that isn't done.
    if (text !== "" && moment.getFullYear() < 1970) return;
    if (halfTyped) return;
    onChange(text === "" ? null : moment.toISOString());
  };
  const settleSoon = (field: HTMLInputElement) => {
    clearTimeout(pending.current);
    pending.current = setTimeout(() => settle(field.value, field.validity.badInput), pause);
  };

  // Not by React's `value`: it would take away a moment that is half typed. The server knows no time zone, and so sends
  // nothing: what stands there when this code takes over was typed before, and no event told of it.
  const takenOver = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is chosen elsewhere is written here.
  useEffect(() => {
    const field = input.current;
    const typedEarly =
      !takenOver.current && field !== null && (field.value !== "" || field.validity.badInput);
    takenOver.current = true;
    if (typedEarly) return settleSoon(field);
    const shown = value === null ? "" : localMinute(new Date(value));
    if (field && field.value !== shown) field.value = shown;
  }, [value]);
  useEffect(() => () => clearTimeout(pending.current), []);

  return (
    <label className="flex items-center gap-2 max-md:w-full">
      <span className="text-ink2 max-md:w-10">{label}</span>
      <input
        ref={input}
        type="datetime-local"
        {...noAutofill}
        onChange={({ target }) => settleSoon(target)}
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
