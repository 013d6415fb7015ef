"use client";

import type { RefObject } from "react";
import { ConfirmAct } from "@/components/acts/confirm-act";
import { useToast } from "@/components/ui/toaster";
import type { Team } from "@/lib/teams/contract";
import { useChangeTeamMembers } from "@/lib/teams/hooks";
import type { User } from "@/lib/users/contract";

interface RemoveMemberProps {
  team: Team;
  member: User;
  onRemoved: () => void;
  onClose: () => void;
  finalFocus: RefObject<HTMLElement | null>;
}

/** Asks before somebody is taken out of a team. */
export function RemoveMember({ team, member, onRemoved, onClose, finalFocus }: RemoveMemberProps) {
  const change = useChangeTeamMembers();
  const toast = useToast();

  const done = () => {
    onRemoved();
    toast({ text: `${member.name} removed from ${team.name}` });
  };

  return (
    <ConfirmAct
      title={`Remove ${member.name} from ${team.name}?`}
      confirmLabel="Remove"
      pendingText="Removing…"
      act={() => change.mutateAsync({ id: team.id, changes: { remove: [member.id] } })}
      onDone={done}
      onClose={onClose}
      finalFocus={finalFocus}
    >
      The account and its tokens stay. Services that ask for this team turn them away at once.
    </ConfirmAct>
  );
}
