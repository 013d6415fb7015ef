"use client";

import { useState } from "react";
import { useAttempt } from "@/components/creation/use-attempt";
import { useCreation } from "@/components/creation/use-creation";
import { useRevealedSecret } from "@/components/reveal/use-revealed-secret";
import { RotateTokenForm, type Rotation, useRotateTokenForm } from "@/components/tokens/rotate-token-form";
import { revealDescription, revealTitle, TokenReveal } from "@/components/tokens/token-reveal";
import { AlertDialog } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import type { CreatedToken, Token } from "@/lib/tokens/contract";
import { useRotateToken } from "@/lib/tokens/hooks";

interface RotateTokenDialogProps {
  token: Token;
  finalFocus: () => HTMLElement | null;
  /** The button was pressed: from here on the dialog stays, whatever happens to the address. */
  onCreating: () => void;
  /** It came to nothing; the person is at the form again. */
  onFailed: () => void;
  /** The successor exists; settles when the address can't lead to the form again. */
  onCreated: () => Promise<unknown>;
  /** With the successor's id, if one was made. */
  onClose: (created: number | undefined) => void;
}

/** Makes the successor of a token, and shows it once. */
export function RotateTokenDialog({
  token,
  finalFocus,
  onCreating,
  onFailed,
  onCreated,
  onClose,
}: RotateTokenDialogProps) {
  // As it was when the dialog opened: what follows from the rotation is not for this form.
  const [old] = useState(token);
  const { form, faults, isDirty } = useRotateTokenForm(old);
  const rotateToken = useRotateToken(old.id);
  const creation = useCreation(rotateToken.mutateAsync);
  const attempt = useAttempt((refusal) => {
    if (refusal.errors.length > 0) faults.onRefused(refusal);
    return refusal.errors.length > 0;
  });
  const [madeId, setMadeId] = useState<number>();
  const revealed = useRevealedSecret<CreatedToken>(() => onClose(madeId));
  const [discarding, setDiscarding] = useState(false);

  const rotate = async (rotation: Rotation) => {
    attempt.begin();
    onCreating();
    try {
      const answer = await creation.run(rotation, onCreated);
      if (!answer) return;
      setMadeId(answer.id);
      revealed.reveal(answer);
    } catch (error) {
      onFailed();
      attempt.fail(error);
    } finally {
      // Its result holds the secret.
      rotateToken.reset();
    }
  };

  const requestClose = () => {
    if (revealed.secret) revealed.requestClose();
    // Whoever left now would never see the token that is being made.
    else if (creation.pending) return;
    else if (isDirty) setDiscarding(true);
    else onClose(undefined);
  };

  return (
    <Dialog
      open
      onOpenChange={requestClose}
      title={revealed.secret ? revealTitle : `Rotate ${old.name}`}
      description={
        revealed.secret
          ? revealDescription
          : "Makes a new token for the same account. The old one goes on working for as long as you say."
      }
      keepOnBackdrop={revealed.secret !== null}
      finalFocus={finalFocus}
      titleRef={revealed.titleRef}
    >
      {revealed.secret ? (
        <TokenReveal token={revealed.secret} access={`As ${old.name}`} revealed={revealed} />
      ) : (
        <RotateTokenForm form={form} faults={faults} token={old} onValid={rotate} top={attempt.top}>
          <DialogActions>
            <Button onClick={requestClose}>Cancel</Button>
            <Button
              type="submit"
              variant="primary"
              pending={creation.pending}
              pendingText={creation.pendingText}
            >
              Rotate
            </Button>
          </DialogActions>
        </RotateTokenForm>
      )}
      <AlertDialog
        open={discarding}
        onOpenChange={setDiscarding}
        title="Discard this rotation?"
        cancelLabel="Keep editing"
        confirmLabel="Discard"
        tone="danger"
        onConfirm={() => onClose(undefined)}
      >
        {attempt.uncertain
          ? "The last answer got lost, so it may have been rotated: look at its row in the list."
          : "Nothing has been changed yet. What you have chosen is lost."}
      </AlertDialog>
      {attempt.signIn}
    </Dialog>
  );
}
