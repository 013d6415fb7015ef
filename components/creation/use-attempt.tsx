"use client";

import { type ReactNode, useState } from "react";
import {
  CreationFault,
  isUncertain,
  type RequestFault,
  requestFault,
} from "@/components/creation/creation-fault";
import { isSignedOut } from "@/components/sign-in/is-signed-out";
import { SignInToContinue } from "@/components/sign-in/sign-in-to-continue";
import { RequestRefused } from "@/lib/http/client";

/**
 * What an attempt of a dialog came to when it failed: beside the fields that are at fault, or as a box atop the form; an
 * ended session is renewed on the spot.
 * @param place shows beside its fields what the server said about them, if a field of the form is at fault
 */
export function useAttempt(place: (refusal: RequestRefused) => boolean = () => false) {
  const [fault, setFault] = useState<{ error: RequestFault; attempt: number }>();
  const [signedOut, setSignedOut] = useState(false);

  return {
    /** Takes away what the attempt before has left. */
    begin: () => setFault(undefined),
    /** @throws the error itself when it is nothing to show to anybody */
    fail: (error: unknown) => {
      const refusal = requestFault(error);
      if (isSignedOut(refusal)) setSignedOut(true);
      else if (!(refusal instanceof RequestRefused && place(refusal)))
        setFault((before) => ({ error: refusal, attempt: (before?.attempt ?? 0) + 1 }));
    },
    /** Whether the attempt may have come to something all the same. */
    uncertain: fault !== undefined && isUncertain(fault.error),
    /** Stands above the fields. */
    top: (onRetry: () => void): ReactNode =>
      fault && <CreationFault key={fault.attempt} error={fault.error} onRetry={onRetry} />,
    /** Belongs inside the dialog. */
    signIn: <SignInToContinue open={signedOut} onOpenChange={setSignedOut} />,
  };
}
