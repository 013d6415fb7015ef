"use client";

import { useEffect, useRef } from "react";
import type { RequestFault } from "@/components/forms/request-fault";
import { useAnnounce } from "@/components/ui/announcer";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { NoAnswer } from "@/lib/http/client";

interface CreationFaultProps {
  /** What the last attempt threw. */
  error: RequestFault;
  /** The same attempt once more. */
  onRetry: () => void;
}

/** Stands atop a form whose fields aren't at fault, and takes focus. Mount it anew for each attempt (`key`). */
export function CreationFault({ error, onRetry }: CreationFaultProps) {
  const box = useRef<HTMLDivElement>(null);
  const announce = useAnnounce();
  const { title, detail, retry } = explain(error);

  useEffect(() => {
    box.current?.focus();
    announce([title, detail].filter(Boolean).join(" "), "assertive");
  }, [announce, title, detail]);

  return (
    <Notice
      ref={box}
      tone="danger"
      title={title}
      action={
        retry && (
          <Button className="shrink-0" onClick={onRetry}>
            Try again
          </Button>
        )
      }
    >
      {detail && <p>{detail}</p>}
    </Notice>
  );
}

/** Whether it isn't known if the attempt came to something. */
export function isUncertain(error: RequestFault): boolean {
  return error instanceof NoAnswer || error.status >= 500;
}

interface Explanation {
  title: string;
  detail?: string;
  retry: boolean;
}

function explain(error: RequestFault): Explanation {
  if (error instanceof NoAnswer)
    return { title: "The server can't be reached.", detail: "Nothing is lost: try again.", retry: true };
  if (error.status >= 500)
    return { title: error.message, detail: "Nothing is lost: try again.", retry: true };
  if (error.status === 403) return { title: "Your role changed", detail: error.message, retry: false };
  return { title: error.message, retry: false };
}
