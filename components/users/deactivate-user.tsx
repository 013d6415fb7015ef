"use client";

import type { RefObject } from "react";
import { ConfirmAct } from "@/components/acts/confirm-act";
import { useToast } from "@/components/ui/toaster";
import { TokensInUse } from "@/components/users/tokens-in-use";
import { userUpdated } from "@/components/users/user-updated";
import type { User } from "@/lib/users/contract";
import { useUpdateUser } from "@/lib/users/hooks";

interface DeactivateUserProps {
  user: User;
  onDone: () => void;
  onClose: () => void;
  finalFocus: RefObject<HTMLElement | null>;
}

/** Asks before an account is put out of use, by a typed word, and lists what stops. */
export function DeactivateUser({ user, onDone, onClose, finalFocus }: DeactivateUserProps) {
  const update = useUpdateUser();
  const toast = useToast();

  const done = () => {
    onDone();
    toast({ text: userUpdated });
  };

  return (
    <ConfirmAct
      title={`Deactivate ${user.name}?`}
      confirmLabel="Deactivate"
      pendingText="Deactivating…"
      typedWord="deactivate"
      act={() => update.mutateAsync({ id: user.id, changes: { active: false } })}
      onDone={done}
      onClose={onClose}
      finalFocus={finalFocus}
    >
      <p>This stops at once, on every instance:</p>
      <ul className="list-disc pl-5">
        <li>
          <TokensInUse tokens={user.tokens} />
        </li>
        {user.user_type === "User" && <li>all sessions, and signing in</li>}
      </ul>
      {user.managed_by && <p>Your identity provider may activate it again.</p>}
      <p>Nothing is deleted. Reactivating brings back the tokens that are neither revoked nor expired.</p>
    </ConfirmAct>
  );
}
