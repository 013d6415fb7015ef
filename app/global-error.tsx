"use client";

import "@fontsource-variable/instrument-sans";
import "@fontsource-variable/jetbrains-mono";
import "@/app/globals.css";
import { UnexpectedFault } from "@/components/shell/unexpected-fault";

/** Stands in for the whole document when the root layout threw. */
export default function GlobalErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <UnexpectedFault error={error} onRetry={retry} />
      </body>
    </html>
  );
}
