"use client";

import { type RefObject, useLayoutEffect, useRef, useState } from "react";
import {
  CreationFault,
  isUncertain,
  type RequestFault,
  requestFault,
} from "@/components/creation/creation-fault";
import { useCreation } from "@/components/creation/use-creation";
import { useRevealedSecret } from "@/components/reveal/use-revealed-secret";
import { isSignedOut } from "@/components/sign-in/is-signed-out";
import { SignInToContinue } from "@/components/sign-in/sign-in-to-continue";
import { TokenForm, type TokenOutput } from "@/components/tokens/token-form";
import { accessOf, revealDescription, revealTitle, TokenReveal } from "@/components/tokens/token-reveal";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { DiscardQuestion } from "@/components/ui/discard-question";
import { ServiceUserForm, type ServiceUserOutput } from "@/components/users/service-user-form";
import { useIdCheck } from "@/components/users/use-id-check";
import { useServiceUserDraft } from "@/components/users/use-service-user-draft";
import { RequestRefused } from "@/lib/http/client";
import type { CreatedToken } from "@/lib/tokens/contract";
import type { Account } from "@/lib/users/contract";
import { useCreateUser } from "@/lib/users/hooks";

interface ServiceUserWizardProps {
  /** What has focus afterwards. */
  finalFocus: RefObject<HTMLElement | null>;
  /** *Finish* was pressed: from here on the wizard stays, whatever happens to the address. */
  onFinishing: () => void;
  /** It came to nothing; the person is at the form again. */
  onFailed: () => void;
  /** The account exists; settles when the address can't lead to the form again. */
  onCreated: () => Promise<unknown>;
  /** With the account, if one was created. */
  onClose: (created: Account | undefined) => void;
}

/** "Add service user": the account, its token, and the one look at the token. Nothing exists before *Finish*. */
export function ServiceUserWizard({
  finalFocus,
  onFinishing,
  onFailed,
  onCreated,
  onClose,
}: ServiceUserWizardProps) {
  const draft = useServiceUserDraft();
  const findTaken = useIdCheck();
  const createUser = useCreateUser();
  const creation = useCreation(createUser.mutateAsync);
  const [created, setCreated] = useState<Account>();
  const revealed = useRevealedSecret<CreatedToken>(() => onClose(created));
  const [fault, setFault] = useState<{ error: RequestFault; attempt: number }>();
  const [signedOut, setSignedOut] = useState(false);
  const [discarding, setDiscarding] = useState(false);
  const stepRef = useFocusOnStep(draft.checked !== null);

  const fail = (error: unknown) => {
    const refusal = requestFault(error);
    if (isSignedOut(refusal)) setSignedOut(true);
    else if (!(refusal instanceof RequestRefused && draft.place(refusal)))
      setFault((before) => ({ error: refusal, attempt: (before?.attempt ?? 0) + 1 }));
  };

  const next = async (account: ServiceUserOutput) => {
    try {
      const taken = await findTaken(account.name);
      if (taken === undefined) return;
      setFault(undefined);
      if (taken) throw taken;
      draft.goOn(account);
    } catch (error) {
      fail(error);
    }
  };

  const finish = async (token: TokenOutput) => {
    if (!draft.checked) return;
    setFault(undefined);
    onFinishing();
    try {
      const answer = await creation.run({ user_type: "Service", ...draft.checked, token }, onCreated);
      if (!answer) return;
      const { token: secret, ...user } = answer;
      if (!secret) throw new Error("The server's answer holds no token.");
      setCreated(user);
      revealed.reveal(secret);
    } catch (error) {
      onFailed();
      fail(error);
    } finally {
      // Its result holds the secret.
      createUser.reset();
    }
  };

  const requestClose = () => {
    if (revealed.secret) revealed.requestClose();
    // Whoever left now would never see the token of the account that is being made.
    else if (creation.pending) return;
    else if (draft.dirty) setDiscarding(true);
    else onClose(undefined);
  };

  const { account, token } = draft;
  const top = fault && (
    <CreationFault
      key={fault.attempt}
      error={fault.error}
      onRetry={draft.checked ? token.form.handleSubmit(finish) : account.form.handleSubmit(next)}
    />
  );

  return (
    <Dialog
      open
      onOpenChange={requestClose}
      title={revealed.secret ? revealTitle : "Add service user"}
      description={revealed.secret && revealDescription}
      step={revealed.secret ? undefined : draft.checked ? "Step 2 of 2 · Token" : "Step 1 of 2 · Account"}
      keepOnBackdrop={revealed.secret !== null}
      finalFocus={finalFocus}
      titleRef={revealed.titleRef}
      stepRef={stepRef}
    >
      {revealed.secret && created ? (
        <TokenReveal token={revealed.secret} access={accessOf(created)} revealed={revealed} />
      ) : draft.checked ? (
        <TokenForm {...token} owner={draft.checked.name} onValid={finish} top={top}>
          <DialogActions>
            <Button aria-disabled={creation.pending} onClick={draft.goBack}>
              Back
            </Button>
            <Button
              type="submit"
              variant="primary"
              pending={creation.pending}
              pendingText={creation.pendingText}
            >
              Finish
            </Button>
          </DialogActions>
        </TokenForm>
      ) : (
        <ServiceUserForm {...account} onValid={next} top={top}>
          <DialogActions>
            <Button onClick={requestClose}>Cancel</Button>
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
      <DiscardQuestion
        open={discarding}
        onOpenChange={setDiscarding}
        what="this service user"
        onDiscard={() => onClose(undefined)}
      >
        {fault && isUncertain(fault.error)
          ? "The last answer got lost, so it may have been created: look for it in the list."
          : "Nothing has been created yet. What you have typed is lost."}
      </DiscardQuestion>
      <SignInToContinue open={signedOut} onOpenChange={setSignedOut} />
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
