"use client";

import { StandalonePage } from "@/components/shell/standalone-page";
import { Button } from "@/components/ui/button";

interface UnexpectedFaultProps {
  error: unknown;
  onRetry: () => void;
}

/** A page that failed: nothing from inside but the number under which the server's log has it. */
export function UnexpectedFault({ error, onRetry }: UnexpectedFaultProps) {
  const digest = digestOf(error);

  return (
    <StandalonePage
      title="Something went wrong"
      lead="This page could not be shown. Nothing you had saved is lost. If it happens again, ask your administrator."
    >
      <title>Something went wrong · Latchkey</title>
      {digest && (
        <p className="text-ink2">
          Error number, as in the server's log: <code className="font-mono text-mono text-ink">{digest}</code>
        </p>
      )}
      <div>
        <Button variant="primary" onClick={onRetry}>
          Try again
        </Button>
      </div>
    </StandalonePage>
  );
}

function digestOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("digest" in error)) return undefined;
  return typeof error.digest === "string" ? error.digest : undefined;
}
