"use client";

import { useQuery } from "@tanstack/react-query";
import type { RefObject } from "react";
import { ConfirmAct } from "@/components/acts/confirm-act";
import { useToast } from "@/components/ui/toaster";
import type { Team } from "@/lib/teams/contract";
import { useDeleteTeam } from "@/lib/teams/hooks";
import { usersQuery } from "@/lib/users/hooks";

interface DeleteTeamProps {
  team: Team;
  onDeleted: () => void;
  onClose: () => void;
  finalFocus: RefObject<HTMLElement | null>;
}

/** Asks before a team is deleted, and says who loses what. */
export function DeleteTeam({ team, onDeleted, onClose, finalFocus }: DeleteTeamProps) {
  const remove = useDeleteTeam();
  const toast = useToast();

  const done = () => {
    onDeleted();
    toast({ text: `${team.name} deleted` });
  };

  return (
    <ConfirmAct
      title={`Delete ${team.name}?`}
      confirmLabel={`Delete ${team.name}`}
      pendingText="Deleting…"
      act={() => remove.mutateAsync(team.id)}
      onDone={done}
      onClose={onClose}
      finalFocus={finalFocus}
    >
      <Losers team={team} />
      {team.member_count > 0 && (
        <p>Their accounts and tokens stay. Services that ask for this team turn them away at once.</p>
      )}
      {team.managed_by && <p>Your identity provider may create it anew.</p>}
    </ConfirmAct>
  );
}

/** "3 members leave it: Ada Admin, Pipeline Automation and 1 more." */
function Losers({ team }: { team: Team }) {
  const { data } = useQuery(usersQuery({ team: team.name, sort: "name", size: named }));
  const total = data?.total ?? team.member_count;
  if (total === 0) return <p>It has no members: nobody loses anything.</p>;

  const names = data?.items.map(({ name }) => name) ?? [];
  const others = total - names.length;
  return (
    <p className="wrap-anywhere">
      {total === 1 ? "1 member leaves it" : `${total} members leave it`}
      {names.length > 0 && `: ${names.join(", ")}`}
      {names.length > 0 && others > 0 && ` and ${others} more`}.
    </p>
  );
}

const named = 5;
