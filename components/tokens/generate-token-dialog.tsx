"use client";

import { useState } from "react";
import { useSecretCreation } from "@/components/reveal/use-secret-creation";
import { GenerateTokenForm, type WantedToken } from "@/components/tokens/generate-token-form";
import { accessOf, revealDescription, revealTitle, TokenReveal } from "@/components/tokens/token-reveal";
import { type TokenDraft, useGenerateTokenForm } from "@/components/tokens/use-generate-token-form";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { DiscardQuestion } from "@/components/ui/discard-question";
import { useCreateToken } from "@/lib/tokens/hooks";
import type { CurrentUser } from "@/lib/users/contract";

interface GenerateTokenDialogProps {
  /** Who is signed in. */
  me: CurrentUser;
  canManage: boolean;
  draft: TokenDraft;
  /** The account is settled: it can't be picked. */
  ownerFixed: boolean;
  finalFocus: () => HTMLElement | null;
  /** The button was pressed: from here on the dialog stays, whatever happens to the address. */
  onCreating: () => void;
  /** It came to nothing; the person is at the form again. */
  onFailed: () => void;
  /** The token exists; settles when the address can't lead to the form again. */
  onCreated: () => Promise<unknown>;
  /** With the token's id, if one was made. */
  onClose: (created: number | undefined) => void;
}

/** "Generate token", and the one look at it. */
export function GenerateTokenDialog({
  me,
  canManage,
  draft,
  ownerFixed,
  finalFocus,
  onCreating,
  onFailed,
  onCreated,
  onClose,
}: GenerateTokenDialogProps) {
  const { form, faults, isDirty } = useGenerateTokenForm(draft);
  const [access, setAccess] = useState("");
  const creation = useSecretCreation({
    mutation: useCreateToken(),
    split: (token) => ({ created: token.id, secret: token }),
    place: faults.place,
    isDirty,
    onCreating,
    onFailed,
    onCreated,
    onClose,
  });
  const { attempt, revealed } = creation;

  const generate = ({ account, ...token }: WantedToken) => {
    setAccess(accessOf(account));
    return creation.create({ ...token, user_id: account.id });
  };

  return (
    <Dialog
      {...creation.dialog}
      title={revealed.secret ? revealTitle : "Generate token"}
      description={revealed.secret && revealDescription}
      finalFocus={finalFocus}
    >
      {revealed.secret ? (
        <TokenReveal token={revealed.secret} access={access} revealed={revealed} />
      ) : (
        <GenerateTokenForm
          form={form}
          faults={faults}
          me={me}
          canManage={canManage}
          ownerFixed={ownerFixed}
          onValid={generate}
          top={attempt.top}
        >
          <DialogActions>
            <Button onClick={creation.requestClose}>Cancel</Button>
            <Button type="submit" variant="primary" {...creation.button}>
              Generate
            </Button>
          </DialogActions>
        </GenerateTokenForm>
      )}
      <DiscardQuestion {...creation.question} what="this token">
        {attempt.uncertain
          ? "The last answer got lost, so it may have been created: look for it in the list."
          : "Nothing has been created yet. What you have typed is lost."}
      </DiscardQuestion>
      {attempt.signIn}
    </Dialog>
  );
}
