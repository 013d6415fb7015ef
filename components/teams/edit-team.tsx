"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import type { RefObject } from "react";
import { useForm } from "react-hook-form";
import { EditDialog } from "@/components/acts/edit-dialog";
import { useFormFaults } from "@/components/forms/use-form-faults";
import { managedSource } from "@/components/security/managed";
import { TeamFields, type TeamInput, type TeamOutput, teamFields } from "@/components/teams/team-fields";
import { useToast } from "@/components/ui/toaster";
import { newTeam, type Team } from "@/lib/teams/contract";
import { useUpdateTeam } from "@/lib/teams/hooks";

interface EditTeamProps {
  team: Team;
  onClose: () => void;
  finalFocus: RefObject<HTMLElement | null>;
}

/** "Edit …": a team's name and what it is for. Only what was changed is sent. */
export function EditTeam({ team, onClose, finalFocus }: EditTeamProps) {
  const update = useUpdateTeam();
  const toast = useToast();
  const form = useForm<TeamInput, unknown, TeamOutput>({
    resolver: zodResolver(newTeam),
    defaultValues: { name: team.name, description: team.description ?? "" },
    shouldFocusError: false,
  });
  const faults = useFormFaults(form, teamFields);

  return (
    <EditDialog
      title={`Edit ${team.name}`}
      description={
        team.managed_by
          ? undefined
          : "Members stay. Services that ask for the team by name have to ask for the new one."
      }
      form={form}
      faults={faults}
      fields={teamFields}
      save={(changes) => update.mutateAsync({ id: team.id, changes })}
      onSaved={({ name }) => toast({ text: `${name} updated` })}
      discardMeans="The team stays as it is."
      onClose={onClose}
      finalFocus={finalFocus}
    >
      <TeamFields
        form={form}
        faults={faults}
        fixedName={team.managed_by ? { name: team.name, because: managedSource(team.managed_by) } : undefined}
      />
    </EditDialog>
  );
}
