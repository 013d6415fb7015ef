"use client";

import { useState } from "react";
import { type CreationCourse, useSecretCreation } from "@/components/reveal/use-secret-creation";
import { RotateTokenForm, useRotateTokenForm } from "@/components/tokens/rotate-token-form";
import { revealDescription, revealTitle, TokenReveal } from "@/components/tokens/token-reveal";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { DiscardQuestion } from "@/components/ui/discard-question";
import type { Token } from "@/lib/tokens/contract";
import { useRotateToken } from "@/lib/tokens/hooks";

interface RotateTokenDialogProps extends CreationCourse<number> {
  token: Token;
  finalFocus: () => HTMLElement | null;
}

/** Makes the successor of a token, and shows it once. */
export function RotateTokenDialog({ token, finalFocus, ...course }: RotateTokenDialogProps) {
  // As it was when the dialog opened: what follows from the rotation is not for this form.
  const [old] = useState(token);
  const { form, faults, isDirty } = useRotateTokenForm(old);
  const creation = useSecretCreation({
    mutation: useRotateToken(old.id),
    split: (token) => ({ created: token.id, secret: token }),
    place: faults.place,
    isDirty,
    ...course,
  });
  const { attempt, revealed } = creation;

  return (
    <Dialog
      {...creation.dialog}
      title={revealed.secret ? revealTitle : `Rotate ${old.name}`}
      description={
        revealed.secret
          ? revealDescription
          : "Makes a new token for the same account. The old one goes on working for as long as you say."
      }
      finalFocus={finalFocus}
    >
      {revealed.secret ? (
        <TokenReveal token={revealed.secret} access={`As ${old.name}`} revealed={revealed} />
      ) : (
        <RotateTokenForm form={form} faults={faults} token={old} onValid={creation.create} top={attempt.top}>
          <DialogActions>
            <Button onClick={creation.requestClose}>Cancel</Button>
            <Button type="submit" variant="primary" {...creation.button}>
              Rotate
            </Button>
          </DialogActions>
        </RotateTokenForm>
      )}
      <DiscardQuestion {...creation.question} what="this rotation">
        {attempt.uncertain
          ? "The last answer got lost, so it may have been rotated: look at its row in the list."
          : "Nothing has been changed yet. What you have chosen is lost."}
      </DiscardQuestion>
      {attempt.signIn}
    </Dialog>
  );
}
