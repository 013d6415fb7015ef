"use client";

import type { RefObject } from "react";
import { ConfirmAct } from "@/components/acts/confirm-act";
import { useNow } from "@/components/ui/relative-time";
import { absoluteUtc, relativeTime } from "@/components/ui/time-format";
import { useToast } from "@/components/ui/toaster";
import { userUpdated } from "@/components/users/user-updated";
import type { TokenSummary } from "@/lib/tokens/contract";
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

/** "2 active tokens, last used 3 minutes ago" */
export function TokensInUse({ tokens: { active, last_used_at } }: { tokens: TokenSummary }) {
  const now = useNow();
  if (active === 0) return <>no active token</>;

  const count = active === 1 ? "1 active token" : `${active} active tokens`;
  if (!last_used_at) return <>{count}, not used so far</>;
  const at = new Date(last_used_at);
  return (
    <>
      {count}, last used {now ? relativeTime(at, now) : absoluteUtc(at)}
    </>
  );
}
