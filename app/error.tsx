"use client";

import { UnexpectedFault } from "@/components/shell/unexpected-fault";

/** Stands in for a page that threw. */
export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  return <UnexpectedFault error={error} onRetry={retry} />;
}
