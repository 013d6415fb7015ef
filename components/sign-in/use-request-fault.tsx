"use client";

import { useState } from "react";
import { type RequestFault, requestFault } from "@/components/forms/request-fault";
import { isSignedOut } from "@/components/sign-in/is-signed-out";
import { SignInToContinue } from "@/components/sign-in/sign-in-to-continue";

/** For what a request threw: an ended session is renewed on the spot, all else is told. */
export function useRequestFault() {
  const [signedOut, setSignedOut] = useState(false);

  return {
    /**
     * For `catch`.
     * @param tell shows what went wrong
     * @throws the error itself when it is nothing to show to anybody
     */
    fail: (error: unknown, tell: (fault: RequestFault) => void) => {
      const fault = requestFault(error);
      if (isSignedOut(fault)) setSignedOut(true);
      else tell(fault);
    },
    /** Belongs inside the dialog, where there is one. */
    signIn: <SignInToContinue open={signedOut} onOpenChange={setSignedOut} />,
  };
}
