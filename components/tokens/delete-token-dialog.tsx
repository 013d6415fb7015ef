"use client";

import { useState } from "react";
import { useRequestFault } from "@/components/sign-in/use-request-fault";
import { AlertDialog } from "@/components/ui/alert-dialog";
import { useAnnounce } from "@/components/ui/announcer";
import { Notice } from "@/components/ui/notice";
import { useToast } from "@/components/ui/toaster";
import { NoAnswer } from "@/lib/http/client";
import type { Token } from "@/lib/tokens/contract";
import { useDeleteToken } from "@/lib/tokens/hooks";

interface DeleteTokenDialogProps {
  token: Token;
  finalFocus: () => HTMLElement | null;
  /** It is gone, and the list is without it. */
  onDeleted: () => void;
  onClose: () => void;
}

/** Asks before a revoked token is deleted for good. Nothing to type: revoking it was the gate. */
export function DeleteTokenDialog({ token, finalFocus, onDeleted, onClose }: DeleteTokenDialogProps) {
  const deleteToken = useDeleteToken();
  const announce = useAnnounce();
  const toast = useToast();
  const { fail, signIn } = useRequestFault();
  const [fault, setFault] = useState<{ title: string; why: string }>();

  const remove = async () => {
    setFault(undefined);
    try {
      await deleteToken.mutateAsync(token.id);
      toast({ text: `Token ${token.name} deleted` });
      onDeleted();
    } catch (error) {
      fail(error, (refusal) => {
        // The request may have arrived all the same.
        const title = refusal instanceof NoAnswer ? "It isn't known whether it was deleted." : "Not deleted.";
        setFault({ title, why: refusal.message });
        announce(`${title} ${refusal.message}`, "assertive");
      });
    }
  };

  return (
    <AlertDialog
      open
      onOpenChange={() => !deleteToken.isPending && onClose()}
      title={`Delete ${token.name}?`}
      cancelLabel="Cancel"
      confirmLabel={`Delete ${token.name}`}
      tone="danger"
      onConfirm={remove}
      pending={deleteToken.isPending}
      pendingText="Deleting…"
      finalFocus={finalFocus}
    >
      <div className="flex flex-col gap-3">
        {fault && (
          <Notice tone="danger" title={fault.title}>
            {fault.why}
          </Notice>
        )}
        <p>
          It can't be restored afterwards, and late calls with it can no longer be told. The audit log keeps
          its history.
        </p>
        {token.still_called && (
          <Notice tone="warning">Somebody still calls with it: you would no longer see who.</Notice>
        )}
      </div>
      {signIn}
    </AlertDialog>
  );
}
