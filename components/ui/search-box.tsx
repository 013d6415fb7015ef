"use client";

import { Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { classNames } from "@/components/ui/class-names";
import { controlClasses } from "@/components/ui/field";
import { noAutofill } from "@/components/ui/no-autofill";

interface SearchBoxProps {
  /** The accessible name, as "Search users". */
  label: string;
  /** What it looks in: "Search name, e-mail or ID". */
  placeholder: string;
  /** The text searched for now. */
  value: string;
  /** Called 300 ms after the last key, or at once on Enter. */
  onSearch: (text: string) => void;
}

/** A search field that waits for a pause in typing. It follows `value` when somebody else changes it. */
export function SearchBox({ label, placeholder, value, onSearch }: SearchBoxProps) {
  const [text, setText] = useState(value);
  const [seen, setSeen] = useState(value);
  const [sent, setSent] = useState(value);
  const input = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  if (value !== seen) {
    setSeen(value);
    // Not the answer to our own search, so somebody else changed it: "Clear filters", Back.
    if (value !== sent) {
      setSent(value);
      setText(value);
    }
  }

  useEffect(() => () => clearTimeout(timer.current), []);

  const send = (next: string) => {
    clearTimeout(timer.current);
    setSent(next);
    onSearch(next);
  };

  // What was typed before this code ran: no event told of it, and none will.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the code takes over what the server sent.
  useEffect(() => {
    const typed = input.current?.value ?? value;
    if (typed === value) return;
    setText(typed);
    send(typed);
  }, []);

  return (
    <search className="relative h-fit w-full md:max-w-65">
      <Search className="-translate-y-1/2 pointer-events-none absolute top-1/2 left-2.5 text-ink3" />
      <input
        ref={input}
        type="search"
        {...noAutofill}
        spellCheck={false}
        aria-label={label}
        placeholder={placeholder}
        value={text}
        onChange={(event) => {
          const next = event.target.value;
          setText(next);
          clearTimeout(timer.current);
          timer.current = setTimeout(() => send(next), pause);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter") send(text);
        }}
        className={classNames(controlClasses, "pl-8.5")}
      />
    </search>
  );
}

const pause = 300;
