"use client";

import { useState } from "react";
import { useAttempt } from "@/components/creation/use-attempt";
import { useCreation } from "@/components/creation/use-creation";
import { useRevealedSecret } from "@/components/reveal/use-revealed-secret";
import type { RequestRefused } from "@/lib/http/client";
import type { CreationRequest } from "@/lib/http/retry";

/** What a dialog that creates something with a secret tells of its course. */
export interface CreationCourse<Created> {
  /** The button was pressed: from here on the dialog stays, whatever happens to the address. */
  onCreating: () => void;
  /** It came to nothing; the person is at the form again. */
  onFailed: () => void;
  /** It exists; settles when the address can't lead to the form again. */
  onCreated: () => Promise<unknown>;
  /** With what was created, if anything was. */
  onClose: (created: Created | undefined) => void;
}

interface SecretCreation<Body, Answer, Created, Secret> extends Partial<CreationCourse<Created>> {
  /** What creates it; its result holds the secret, and is forgotten at once. */
  mutation: { mutateAsync: (request: CreationRequest<Body>) => Promise<Answer>; reset: () => void };
  /** What the answer says of the thing itself, and the secret apart from it. */
  split: (answer: Answer) => { created: Created; secret: Secret };
  /** Shows beside its fields what the server said about them, if a field of the form is at fault. */
  place?: (refusal: RequestRefused) => boolean;
  /** Something was typed that would be lost. */
  isDirty: boolean;
  onClose: (created: Created | undefined) => void;
}

/**
 * The course of a dialog that creates something with a secret: the form, the attempt, the one look, and the way out,
 * which asks first where something would be lost.
 */
export function useSecretCreation<Body, Answer, Created, Secret>({
  mutation,
  split,
  place,
  isDirty,
  onCreating,
  onFailed,
  onCreated,
  onClose,
}: SecretCreation<Body, Answer, Created, Secret>) {
  const { run, pending, pendingText } = useCreation(mutation.mutateAsync);
  const attempt = useAttempt(place);
  const [created, setCreated] = useState<Created>();
  const revealed = useRevealedSecret<Secret>(() => onClose(created));
  const [discarding, setDiscarding] = useState(false);

  const create = async (body: Body) => {
    attempt.begin();
    onCreating?.();
    try {
      const answer = await run(body, onCreated);
      if (answer === undefined) return;
      const parts = split(answer);
      setCreated(parts.created);
      revealed.reveal(parts.secret);
    } catch (error) {
      onFailed?.();
      attempt.fail(error);
    } finally {
      mutation.reset();
    }
  };

  const requestClose = () => {
    if (revealed.secret) revealed.requestClose();
    // Whoever left now would never see the secret that is being made.
    else if (pending) return;
    else if (isDirty) setDiscarding(true);
    else onClose(undefined);
  };

  return {
    create,
    created,
    attempt,
    revealed,
    requestClose,
    /** For the button that creates. */
    button: { pending, pendingText },
    /** For the dialog around it. */
    dialog: {
      open: true,
      onOpenChange: requestClose,
      keepOnBackdrop: revealed.secret !== null,
      titleRef: revealed.titleRef,
    },
    /** For the `DiscardQuestion`. */
    question: { open: discarding, onOpenChange: setDiscarding, onDiscard: () => onClose(undefined) },
  };
}
