"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { isSignedOut } from "@/components/sign-in/is-signed-out";
import { Button } from "@/components/ui/button";
import { ErrorPanel } from "@/components/ui/error-panel";
import { Notice } from "@/components/ui/notice";
import { RequestRefused } from "@/lib/http/client";

// Rarely needed, and it brings the forms' library with it.
const SignInToContinue = dynamic(
  () => import("@/components/sign-in/sign-in-to-continue").then((file) => file.SignInToContinue),
  { ssr: false },
);

interface LoadFaultProps {
  /** What could not be loaded, as "users". */
  what: string;
  error: Error;
  /** When what is still shown was fetched; absent when there is none. */
  shownSince: Date | undefined;
  onRetry: () => void;
  retrying: boolean;
}

/** Says that something could not be fetched: above what was there before, or in its place. An ended session can be renewed. */
export function LoadFault({ what, error, shownSince, onRetry, retrying }: LoadFaultProps) {
  const [signingIn, setSigningIn] = useState(false);

  if (isSignedOut(error))
    return (
      <>
        <Notice
          tone="warning"
          title="Your session has ended"
          action={
            <Button className="shrink-0" onClick={() => setSigningIn(true)}>
              Sign in
            </Button>
          }
        >
          Sign in to see the {what} as they are now.
        </Notice>
        {signingIn && <SignInToContinue open onOpenChange={setSigningIn} />}
      </>
    );

  if (shownSince)
    return (
      <Notice
        tone="warning"
        action={
          <Button className="shrink-0" onClick={onRetry} pending={retrying} pendingText="Trying again…">
            Try again
          </Button>
        }
      >
        Showing data from {clockTime(shownSince)}. Refresh failed. {error.message}
      </Notice>
    );

  const refusal = error instanceof RequestRefused ? error : undefined;
  return (
    <ErrorPanel
      title={`The ${what} could not be loaded.`}
      detail={error.message}
      status={refusal?.status}
      requestId={refusal?.requestId}
      onRetry={onRetry}
      retrying={retrying}
    />
  );
}

function clockTime(date: Date): string {
  return date.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}
