"use client";

import { useState } from "react";
import { requestFault } from "@/components/creation/creation-fault";
import { isSignedOut } from "@/components/sign-in/is-signed-out";
import { SignInToContinue } from "@/components/sign-in/sign-in-to-continue";
import { useToast } from "@/components/ui/toaster";
import { userUpdated } from "@/components/users/user-updated";
import type { User } from "@/lib/users/contract";
import { useUpdateUser } from "@/lib/users/hooks";

/** Puts a deactivated account to use again, without a question: it can be taken back. */
export function useReactivation() {
  const update = useUpdateUser();
  const toast = useToast();
  const [signedOut, setSignedOut] = useState(false);

  const reactivate = async (user: User) => {
    if (update.isPending) return;
    try {
      await update.mutateAsync({ id: user.id, changes: { active: true } });
      toast({ text: userUpdated });
    } catch (error) {
      const fault = requestFault(error);
      if (isSignedOut(fault)) setSignedOut(true);
      else toast({ text: `${user.name} is still deactivated. ${fault.message}` });
    }
  };

  return {
    reactivate,
    pending: update.isPending,
    /** Opens when the session has ended. */
    signIn: <SignInToContinue open={signedOut} onOpenChange={setSignedOut} />,
  };
}
