"use client";

import { type RefObject, useLayoutEffect, useRef } from "react";
import { DiscardCreation } from "@/components/creation/discard-creation";
import { type CreationCourse, useSecretCreation } from "@/components/reveal/use-secret-creation";
import { TokenForm, type TokenOutput } from "@/components/tokens/token-form";
import { accessOf, revealDescription, revealTitle, TokenReveal } from "@/components/tokens/token-reveal";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { ServiceUserForm, type ServiceUserOutput } from "@/components/users/service-user-form";
import { useIdCheck } from "@/components/users/use-id-check";
import { useServiceUserDraft } from "@/components/users/use-service-user-draft";
import type { Account } from "@/lib/users/contract";
import { useCreateUser } from "@/lib/users/hooks";

interface ServiceUserWizardProps extends CreationCourse<Account> {
  /** What has focus afterwards. */
  finalFocus: RefObject<HTMLElement | null>;
}

/** "Add service user": the account, its token, and the one look at the token. Nothing exists before *Finish*. */
export function ServiceUserWizard({ finalFocus, ...course }: ServiceUserWizardProps) {
  const draft = useServiceUserDraft();
  const findTaken = useIdCheck();
  const creation = useSecretCreation({
    mutation: useCreateUser(),
    split: ({ token: secret, ...created }) => {
      if (!secret) throw new Error("The server's answer holds no token.");
      return { created, secret };
    },
    place: draft.place,
    isDirty: draft.dirty,
    ...course,
  });
  const { attempt, created, revealed } = creation;
  const stepRef = useFocusOnStep(draft.checked !== null);

  const next = async (account: ServiceUserOutput) => {
    try {
      const taken = await findTaken(account.name);
      if (taken === undefined) return;
      attempt.begin();
      if (taken) throw taken;
      draft.goOn(account);
    } catch (error) {
      attempt.fail(error);
    }
  };

  const finish = async (token: TokenOutput) => {
    if (draft.checked) await creation.create({ user_type: "Service", ...draft.checked, token });
  };

  const { account, token } = draft;
  const top = attempt.top(draft.checked ? token.form.handleSubmit(finish) : account.form.handleSubmit(next));

  return (
    <Dialog
      {...creation.dialog}
      title={revealed.secret ? revealTitle : "Add service user"}
      description={revealed.secret && revealDescription}
      step={revealed.secret ? undefined : draft.checked ? "Step 2 of 2 · Token" : "Step 1 of 2 · Account"}
      finalFocus={finalFocus}
      stepRef={stepRef}
    >
      {revealed.secret && created ? (
        <TokenReveal token={revealed.secret} access={accessOf(created)} revealed={revealed} />
      ) : draft.checked ? (
        <TokenForm {...token} owner={draft.checked.name} onValid={finish} top={top}>
          <DialogActions>
            <Button aria-disabled={creation.button.pending} onClick={draft.goBack}>
              Back
            </Button>
            <Button type="submit" variant="primary" {...creation.button}>
              Finish
            </Button>
          </DialogActions>
        </TokenForm>
      ) : (
        <ServiceUserForm {...account} onValid={next} top={top}>
          <DialogActions>
            <Button onClick={creation.requestClose}>Cancel</Button>
            <Button
              type="submit"
              variant="primary"
              pending={account.form.formState.isSubmitting}
              pendingText="Checking…"
            >
              Next
            </Button>
          </DialogActions>
        </ServiceUserForm>
      )}
      <DiscardCreation {...creation.question} what="this service user" uncertain={attempt.uncertain} />
      {attempt.signIn}
    </Dialog>
  );
}

/** A step that follows another takes focus in its heading: before the browser notices that its button is gone. */
function useFocusOnStep(atToken: boolean) {
  const stepRef = useRef<HTMLHeadingElement>(null);
  const seen = useRef(atToken);

  useLayoutEffect(() => {
    if (seen.current === atToken) return;
    seen.current = atToken;
    stepRef.current?.focus();
  }, [atToken]);

  return stepRef;
}
