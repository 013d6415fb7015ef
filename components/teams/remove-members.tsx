"use client";

import type { RefObject } from "react";
import { AffectedList } from "@/components/acts/affected-list";
import { ConfirmAct } from "@/components/acts/confirm-act";
import { useToast } from "@/components/ui/toaster";
import type { Team } from "@/lib/teams/contract";
import { useChangeTeamMembers } from "@/lib/teams/hooks";
import type { User } from "@/lib/users/contract";

interface RemoveMembersProps {
  team: Team;
  members: readonly User[];
  onRemoved: () => void;
  onClose: () => void;
  finalFocus: RefObject<HTMLElement | null>;
}

/** Asks before somebody is taken out of a team, or several: all of them, or nobody and the reason. */
export function RemoveMembers({ team, members, onRemoved, onClose, finalFocus }: RemoveMembersProps) {
  const change = useChangeTeamMembers();
  const toast = useToast();
  const [only] = members.length === 1 ? members : [];
  const who = only ? only.name : `${members.length} members`;

  const done = () => {
    onRemoved();
    toast({ text: `${who} removed from ${team.name}` });
  };

  return (
    <ConfirmAct
      title={`Remove ${who} from ${team.name}?`}
      confirmLabel={only ? "Remove" : `Remove ${members.length} members`}
      pendingText="Removing…"
      act={() => change.mutateAsync({ id: team.id, changes: { remove: members.map(({ id }) => id) } })}
      onDone={done}
      onClose={onClose}
      finalFocus={finalFocus}
    >
      <p>
        {only ? "The account and its tokens stay." : "The accounts and their tokens stay."} Services that ask
        for this team turn them away at once.
      </p>
      {!only && (
        <AffectedList
          label="Members"
          items={members.map(({ id, name, user_id }) => ({ id, name, more: `(${user_id})` }))}
        />
      )}
    </ConfirmAct>
  );
}
