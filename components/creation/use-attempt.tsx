"use client";

import { type ReactNode, useState } from "react";
import { CreationFault, isUncertain } from "@/components/creation/creation-fault";
import type { RequestFault } from "@/components/forms/request-fault";
import { useRequestFault } from "@/components/sign-in/use-request-fault";
import { RequestRefused } from "@/lib/http/client";

/**
 * Why an attempt to create something failed: beside the fields that are at fault, or as a box atop the form; an ended
 * session is renewed on the spot.
 * @param place shows beside its fields what the server said about them, if a field of the form is at fault
 */
export function useAttempt(place: (refusal: RequestRefused) => boolean = () => false) {
  const [fault, setFault] = useState<{ error: RequestFault; attempt: number }>();
  const { fail, signIn } = useRequestFault();

  return {
    /** Takes away what the attempt before has left. */
    begin: () => setFault(undefined),
    /** @throws the error itself when it is nothing to show to anybody */
    fail: (thrown: unknown) =>
      fail(thrown, (error) => {
        if (error instanceof RequestRefused && place(error)) return;
        setFault((before) => ({ error, attempt: (before?.attempt ?? 0) + 1 }));
      }),
    /** Whether the attempt may have come to something all the same. */
    uncertain: fault !== undefined && isUncertain(fault.error),
    /** Stands above the fields. */
    top: (onRetry: () => void): ReactNode =>
      fault && <CreationFault key={fault.attempt} error={fault.error} onRetry={onRetry} />,
    /** Belongs inside the dialog. */
    signIn,
  };
}
