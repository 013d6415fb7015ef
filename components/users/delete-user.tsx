"use client";

import { useRouter } from "next/navigation";
import type { RefObject } from "react";
import { ConfirmAct } from "@/components/acts/confirm-act";
import { useToast } from "@/components/ui/toaster";
import { TokensInUse } from "@/components/users/tokens-in-use";
import { publicTeamName } from "@/db/enums";
import type { User } from "@/lib/users/contract";
import { useDeleteUser } from "@/lib/users/hooks";

interface DeleteUserProps {
  user: User;
  onClose: () => void;
  finalFocus: RefObject<HTMLElement | null>;
}

/** Asks before an account is deleted, by a typed word, and lists what goes along. Leads to the users afterwards. */
export function DeleteUser({ user, onClose, finalFocus }: DeleteUserProps) {
  const remove = useDeleteUser();
  const toast = useToast();
  const router = useRouter();

  const dead = user.tokens.total - user.tokens.active;

  const done = () => {
    onClose();
    router.push("/settings/security/users");
    toast({ text: `${user.name} deleted` });
  };

  return (
    <ConfirmAct
      title={`Delete ${user.name}?`}
      confirmLabel={`Delete ${user.name}`}
      pendingText="Deleting…"
      typedWord="delete"
      act={() => remove.mutateAsync(user.id)}
      onDone={done}
      onClose={onClose}
      finalFocus={finalFocus}
    >
      <p>This goes along, for good:</p>
      <ul className="list-disc pl-5">
        <li>
          <TokensInUse tokens={user.tokens} />
        </li>
        {dead > 0 && <li>{dead === 1 ? "1 token" : `${dead} tokens`} revoked or expired</li>}
        {user.user_type === "User" && <li>the sign-in with its password and sessions</li>}
        <li>membership of {teamsText(user.teams)}</li>
      </ul>
      {user.managed_by && <p>Your identity provider may create it anew.</p>}
      <p>
        The ID <span className="font-mono text-mono wrap-anywhere">{user.user_id}</span> can be used again;
        the audit log keeps the name.
      </p>
    </ConfirmAct>
  );
}

function teamsText(names: readonly string[]): string {
  const others = names.filter((name) => name !== publicTeamName);
  if (others.length === 0) return "no team but Public";
  return others.length > 3 ? `${others.length} teams` : others.join(", ");
}
