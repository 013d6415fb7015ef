"use client";

import { useState } from "react";
import { DiscardCreation } from "@/components/creation/discard-creation";
import { type CreationCourse, useSecretCreation } from "@/components/reveal/use-secret-creation";
import { GenerateTokenForm, type WantedToken } from "@/components/tokens/generate-token-form";
import { accessOf, revealDescription, revealTitle, TokenReveal } from "@/components/tokens/token-reveal";
import { type TokenDraft, useGenerateTokenForm } from "@/components/tokens/use-generate-token-form";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { useCreateToken } from "@/lib/tokens/hooks";
import type { CurrentUser } from "@/lib/users/contract";

interface GenerateTokenDialogProps extends CreationCourse<number> {
  /** Who is signed in. */
  me: CurrentUser;
  canManage: boolean;
  draft: TokenDraft;
  /** The account is settled: it can't be picked. */
  ownerFixed: boolean;
  finalFocus: () => HTMLElement | null;
}

/** "Generate Token", and the one look at it. */
export function GenerateTokenDialog({
  me,
  canManage,
  draft,
  ownerFixed,
  finalFocus,
  ...course
}: GenerateTokenDialogProps) {
  const { form, faults, isDirty } = useGenerateTokenForm(draft);
  const [access, setAccess] = useState("");
  const creation = useSecretCreation({
    mutation: useCreateToken(),
    split: (token) => ({ created: token.id, secret: token }),
    place: faults.place,
    isDirty,
    ...course,
  });
  const { attempt, revealed } = creation;

  const generate = ({ account, ...token }: WantedToken) => {
    setAccess(accessOf(account));
    return creation.create({ ...token, user_id: account.id });
  };

  return (
    <Dialog
      {...creation.dialog}
      title={revealed.secret ? revealTitle : "Generate Token"}
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
      <DiscardCreation {...creation.question} what="this token" uncertain={attempt.uncertain} />
      {attempt.signIn}
    </Dialog>
  );
}
