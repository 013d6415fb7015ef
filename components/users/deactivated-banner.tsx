"use client";

import type { Viewer } from "@/components/security/viewer";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { useReactivation } from "@/components/users/use-reactivation";
import type { User } from "@/lib/users/contract";

/** Stands above an account that is out of use. */
export function DeactivatedBanner({ user, viewer }: { user: User; viewer: Viewer }) {
  const { reactivate, pending, signIn } = useReactivation();

  return (
    <Notice
      tone="warning"
      title="Deactivated"
      action={
        viewer.canManage && (
          <Button
            className="shrink-0"
            onClick={() => reactivate(user)}
            pending={pending}
            pendingText="Reactivating…"
          >
            Reactivate
          </Button>
        )
      }
    >
      {user.user_type === "Service"
        ? "None of its tokens works. "
        : "They can't sign in, and none of their tokens works. "}
      Reactivating brings back the tokens that are neither revoked nor expired.
      {signIn}
    </Notice>
  );
}
