"use client";

import { useRequestFault } from "@/components/sign-in/use-request-fault";
import { useToast } from "@/components/ui/toaster";
import { userUpdated } from "@/components/users/user-updated";
import type { User } from "@/lib/users/contract";
import { useUpdateUser } from "@/lib/users/hooks";

/** Puts a deactivated account to use again, without a question: it can be taken back. */
export function useReactivation() {
  const update = useUpdateUser();
  const toast = useToast();
  const { fail, signIn } = useRequestFault();

  const reactivate = async (user: User) => {
    if (update.isPending) return;
    try {
      await update.mutateAsync({ id: user.id, changes: { active: true } });
      toast({ text: userUpdated });
    } catch (error) {
      fail(error, ({ message }) => toast({ text: `${user.name} is still deactivated. ${message}` }));
    }
  };

  return {
    reactivate,
    pending: update.isPending,
    /** Opens when the session has ended. */
    signIn,
  };
}
