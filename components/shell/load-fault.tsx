"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { ButtonLink } from "@/components/ui/button";
import { ErrorPanel } from "@/components/ui/error-panel";
import { Notice } from "@/components/ui/notice";
import { RequestRefused } from "@/lib/http/client";

interface LoadFaultProps {
  /** What failed: "The tokens could not be loaded." */
  title: string;
  error: Error;
  onRetry: () => void;
  retrying: boolean;
}

/** Stands where fetched content would be. A session that has ended leads to the sign-in, and back here. */
export function LoadFault({ title, error, onRetry, retrying }: LoadFaultProps) {
  const path = usePathname();
  const search = useSearchParams().toString();
  const refusal = error instanceof RequestRefused ? error : undefined;

  if (refusal?.status === 401) {
    const here = search ? `${path}?${search}` : path;
    return (
      <Notice
        tone="warning"
        title="Your session has ended."
        action={<ButtonLink href={`/sign-in?next=${encodeURIComponent(here)}`}>Sign in</ButtonLink>}
      >
        <p>Sign in to go on from here.</p>
      </Notice>
    );
  }

  return (
    <ErrorPanel
      title={title}
      detail={error.message}
      status={refusal?.status}
      requestId={refusal?.requestId}
      onRetry={onRetry}
      retrying={retrying}
    />
  );
}
