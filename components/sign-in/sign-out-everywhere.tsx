"use client";

import { useLeave } from "@/components/sign-in/use-leave";
import { AlertDialog } from "@/components/ui/alert-dialog";
import { Notice } from "@/components/ui/notice";

interface SignOutEverywhereProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Asks before all of one's sessions end. */
export function SignOutEverywhere({ open, onOpenChange }: SignOutEverywhereProps) {
  const { leave, leaving, fault } = useLeave("everywhere");

  return (
    <AlertDialog
      open={open}
      onOpenChange={onOpenChange}
      title="Sign out everywhere?"
      cancelLabel="Stay signed in"
      confirmLabel="Sign out everywhere"
      onConfirm={leave}
      pending={leaving}
      pendingText="Signing out…"
    >
      <p>All of your sessions end, in every browser, this one included. Your tokens go on working.</p>
      {fault && (
        <div role="alert" className="mt-3">
          <Notice tone="danger">{fault.message}</Notice>
        </div>
      )}
    </AlertDialog>
  );
}
