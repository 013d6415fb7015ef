"use client";

import type { RefObject } from "react";
import { useSecretCreation } from "@/components/reveal/use-secret-creation";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { LinkReveal, linkDescription, linkTitle } from "@/components/users/link-reveal";
import { useCreatePasswordLink } from "@/lib/users/hooks";

interface NewLinkDialogProps {
  person: { id: number; name: string; user_id: string };
  onClose: () => void;
  finalFocus: RefObject<HTMLElement | null>;
}

/** Makes a person another one-time link, after saying what that does, and shows it once. */
export function NewLinkDialog({ person, onClose, finalFocus }: NewLinkDialogProps) {
  const creation = useSecretCreation({
    mutation: useCreatePasswordLink(person.id),
    split: (secret) => ({ created: null, secret }),
    isDirty: false,
    onClose: () => onClose(),
  });
  const { attempt, revealed } = creation;
  const create = () => creation.create(null);

  return (
    <Dialog
      {...creation.dialog}
      title={revealed.secret ? linkTitle : `New one-time link for ${person.name}`}
      description={revealed.secret && linkDescription}
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
            <Button onClick={creation.requestClose}>Cancel</Button>
            <Button variant="primary" onClick={create} {...creation.button}>
              Create link
            </Button>
          </DialogActions>
        </>
      )}
      {attempt.signIn}
    </Dialog>
  );
}
