"use client";

import type { RefObject } from "react";
import { useAttempt } from "@/components/creation/use-attempt";
import { useCreation } from "@/components/creation/use-creation";
import { useRevealedSecret } from "@/components/reveal/use-revealed-secret";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { LinkReveal, linkDescription, linkTitle } from "@/components/users/link-reveal";
import type { PasswordLink } from "@/lib/sign-in/contract";
import { useCreatePasswordLink } from "@/lib/users/hooks";

interface NewLinkDialogProps {
  person: { id: number; name: string; user_id: string };
  onClose: () => void;
  finalFocus: RefObject<HTMLElement | null>;
}

interface Request {
  /** Whose link. */
  body: number;
  idempotencyKey: string;
  signal: AbortSignal;
}

/** Makes a person another one-time link, after saying what that does, and shows it once. */
export function NewLinkDialog({ person, onClose, finalFocus }: NewLinkDialogProps) {
  const createLink = useCreatePasswordLink();
  const creation = useCreation(({ body: id, idempotencyKey, signal }: Request) =>
    createLink.mutateAsync({ id, idempotencyKey, signal }),
  );
  const revealed = useRevealedSecret<PasswordLink>(onClose);
  const attempt = useAttempt();

  const create = async () => {
    attempt.begin();
    try {
      const link = await creation.run(person.id);
      if (link) revealed.reveal(link);
    } catch (error) {
      attempt.fail(error);
    } finally {
      // Its result holds the secret.
      createLink.reset();
    }
  };

  const requestClose = () => {
    if (revealed.secret) revealed.requestClose();
    else if (!creation.pending) onClose();
  };

  return (
    <Dialog
      open
      onOpenChange={requestClose}
      title={revealed.secret ? linkTitle : `New one-time link for ${person.name}`}
      description={revealed.secret && linkDescription}
      keepOnBackdrop={revealed.secret !== null}
      titleRef={revealed.titleRef}
      finalFocus={finalFocus}
    >
      {revealed.secret ? (
        <LinkReveal link={revealed.secret} person={person} revealed={revealed} />
      ) : (
        <>
          {attempt.top(create)}
          <ul className="mt-1 flex list-disc flex-col gap-1 pl-5 text-ink2">
            <li>By it they set a new password, within 72 hours.</li>
            <li>A link given before stops working at once.</li>
            <li>Their password and sessions stay as they are until the link is used.</li>
          </ul>
          <DialogActions>
            <Button onClick={requestClose}>Cancel</Button>
            <Button
              variant="primary"
              onClick={create}
              pending={creation.pending}
              pendingText={creation.pendingText}
            >
              Create link
            </Button>
          </DialogActions>
        </>
      )}
      {attempt.signIn}
    </Dialog>
  );
}
