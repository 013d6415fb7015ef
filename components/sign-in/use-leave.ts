"use client";

import { RequestRefused } from "@/lib/http/client";
import { useSignOut } from "@/lib/sign-in/hooks";

/**
 * Signs out, and leaves for the sign-in page by loading it anew: nothing that was fetched stays in memory.
 * @param onFault told when the session goes on
 */
export function useLeave(where: "here" | "everywhere", onFault?: (fault: Error) => void) {
  const signOut = useSignOut();

  const go = () =>
    window.location.replace(`/sign-in?notice=${where === "here" ? "signed-out" : "signed-out-everywhere"}`);

  return {
    leave: () =>
      signOut.mutate(where, {
        onSuccess: go,
        // A session that has ended meanwhile is what was asked for.
        onError: (fault) =>
          fault instanceof RequestRefused && fault.status === 401 ? go() : onFault?.(fault),
      }),
    leaving: signOut.isPending || signOut.isSuccess,
    fault: signOut.error,
  };
}
