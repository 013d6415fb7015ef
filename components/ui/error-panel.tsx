"use client";

import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Notice } from "@/components/ui/notice";

interface ErrorPanelProps {
  /** What failed: "The users could not be loaded." */
  title: string;
  /** What one can do about it; a problem's `detail`. Never anything from inside the server. */
  detail?: string | undefined;
  /** The HTTP status; absent when the server wasn't reached. */
  status?: number | undefined;
  requestId?: string | undefined;
  onRetry: () => void;
  retrying?: boolean;
}

/** Stands where content would be, says what failed, and offers another try; focus stays on that button. */
export function ErrorPanel({ title, detail, status, requestId, onRetry, retrying = false }: ErrorPanelProps) {
  return (
    <Notice tone="danger" title={title}>
      <p>
        {detail ?? (status === undefined ? "The server can't be reached." : "The server could not answer.")}
      </p>
      {(status !== undefined || requestId) && (
        <dl className="mt-2 flex flex-wrap items-center gap-x-4 text-help">
          {status !== undefined && (
            <div className="flex gap-1.5">
              <dt>HTTP status</dt>
              <dd className="font-mono">{status}</dd>
            </div>
          )}
          {requestId && (
            <div className="flex items-center gap-1.5">
              <dt>Request ID</dt>
              <dd className="flex items-center gap-1 font-mono">
                {requestId}
                <CopyButton text={requestId} what="request ID" />
              </dd>
            </div>
          )}
        </dl>
      )}
      <div className="mt-3">
        <Button onClick={onRetry} pending={retrying} pendingText="Trying again…">
          Try again
        </Button>
      </div>
    </Notice>
  );
}
