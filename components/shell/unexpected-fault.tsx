"use client";

import { StandalonePage } from "@/components/shell/standalone-page";
import { Button } from "@/components/ui/button";
import { databaseOutage } from "@/lib/errors";

interface UnexpectedFaultProps {
  error: unknown;
  onRetry: () => void;
}

/** A page that failed: nothing from inside but the number under which the server's log has it. */
export function UnexpectedFault({ error, onRetry }: UnexpectedFaultProps) {
  const digest = digestOf(error);

  const isOutage = digest === databaseOutage;
  const title = isOutage ? "The database doesn't answer" : "Something went wrong";

  return (
    <StandalonePage
      title={title}
      lead={
        isOutage
          ? "Latchkey is running, but can't reach its database. Nothing you had saved is lost. Try again in a moment."
          : "This page could not be shown. Nothing you had saved is lost. If it happens again, ask your administrator."
      }
    >
      <title>{`${title} · Latchkey`}</title>
      {digest && !isOutage && (
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
