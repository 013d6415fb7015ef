"use client";

import { useState } from "react";
import { useAttempt } from "@/components/creation/use-attempt";
import { useCreation } from "@/components/creation/use-creation";
import { useRevealedSecret } from "@/components/reveal/use-revealed-secret";
import { GenerateTokenForm, type WantedToken } from "@/components/tokens/generate-token-form";
import { accessOf, revealDescription, revealTitle, TokenReveal } from "@/components/tokens/token-reveal";
import { type TokenDraft, useGenerateTokenForm } from "@/components/tokens/use-generate-token-form";
import { AlertDialog } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import type { CreatedToken } from "@/lib/tokens/contract";
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
  const createToken = useCreateToken();
  const creation = useCreation(createToken.mutateAsync);
  const attempt = useAttempt((refusal) => {
    if (refusal.errors.length > 0) faults.onRefused(refusal);
    return refusal.errors.length > 0;
  });
  const [made, setMade] = useState<{ id: number; access: string }>();
  const revealed = useRevealedSecret<CreatedToken>(() => onClose(made?.id));
  const [discarding, setDiscarding] = useState(false);

  const generate = async ({ account, ...token }: WantedToken) => {
    attempt.begin();
    onCreating();
    try {
      const answer = await creation.run({ ...token, user_id: account.id }, onCreated);
      if (!answer) return;
      setMade({ id: answer.id, access: accessOf(account) });
      revealed.reveal(answer);
    } catch (error) {
      onFailed();
      attempt.fail(error);
    } finally {
      // Its result holds the secret.
      createToken.reset();
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
      title={revealed.secret ? revealTitle : "Generate token"}
      description={revealed.secret && revealDescription}
      keepOnBackdrop={revealed.secret !== null}
      finalFocus={finalFocus}
      titleRef={revealed.titleRef}
    >
      {revealed.secret && made ? (
        <TokenReveal token={revealed.secret} access={made.access} revealed={revealed} />
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
            <Button onClick={requestClose}>Cancel</Button>
            <Button
              type="submit"
              variant="primary"
              pending={creation.pending}
              pendingText={creation.pendingText}
            >
              Generate
            </Button>
          </DialogActions>
        </GenerateTokenForm>
      )}
      <AlertDialog
        open={discarding}
        onOpenChange={setDiscarding}
        title="Discard this token?"
        cancelLabel="Keep editing"
        confirmLabel="Discard"
        tone="danger"
        onConfirm={() => onClose(undefined)}
      >
        {attempt.uncertain
          ? "The last answer got lost, so it may have been created: look for it in the list."
          : "Nothing has been created yet. What you have typed is lost."}
      </AlertDialog>
      {attempt.signIn}
    </Dialog>
  );
}
