"use client";

import { useRef } from "react";
import { CopyButton } from "@/components/ui/copy-button";

interface CodeSampleProps {
  /** What it shows, unique within the page, as it follows "Copy": "curl command for a new service account". */
  what: string;
  code: string;
}

/** Lines of code to copy; they scroll sideways instead of breaking. */
export function CodeSample({ what, code }: CodeSampleProps) {
  const text = useRef<HTMLElement>(null);

  return (
    <div className="flex items-start gap-1 rounded-control border border-line bg-sunken">
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard.
        tabIndex={0}
        aria-label={capitalised(what)}
        className="min-w-0 flex-1 overflow-x-auto rounded-control"
      >
        <pre className="w-fit px-3.5 py-3 font-mono text-mono leading-5" translate="no">
          <code ref={text}>{code}</code>
        </pre>
      </section>
      <div className="flex flex-col items-end p-1.5">
        <CopyButton text={code} what={what} shownIn={text} />
      </div>
    </div>
  );
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
