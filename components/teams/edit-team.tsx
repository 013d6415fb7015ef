"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { type RefObject, useState } from "react";
import { useForm } from "react-hook-form";
import { requestFault } from "@/components/creation/creation-fault";
import { useFormFaults } from "@/components/forms/use-form-faults";
import { managedSource } from "@/components/security/managed";
import { isSignedOut } from "@/components/sign-in/is-signed-out";
import { SignInToContinue } from "@/components/sign-in/sign-in-to-continue";
import { TeamFields, type TeamInput, type TeamOutput, teamFields } from "@/components/teams/team-fields";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { DiscardQuestion } from "@/components/ui/discard-question";
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
  const [signedOut, setSignedOut] = useState(false);
  const [discarding, setDiscarding] = useState(false);
  const { isDirty, dirtyFields, isSubmitting } = form.formState;

  const submit = form.handleSubmit(async (values) => {
    faults.forget();
    const changed = teamFields.filter((field) => dirtyFields[field]);
    const changes = Object.fromEntries(changed.map((field) => [field, values[field]]));
    try {
      if (changed.length > 0) await update.mutateAsync({ id: team.id, changes });
      onClose();
      if (changed.length > 0) toast({ text: `${values.name} updated` });
    } catch (error) {
      const refusal = requestFault(error);
      if (isSignedOut(refusal)) setSignedOut(true);
      else faults.onRefused(refusal);
    }
  }, faults.onInvalid);

  const requestClose = () => {
    if (isSubmitting) return;
    if (isDirty) setDiscarding(true);
    else onClose();
  };

  return (
    <Dialog
      open
      onOpenChange={requestClose}
      title={`Edit ${team.name}`}
      description={
        team.managed_by
          ? undefined
          : "Members stay. Services that ask for the team by name have to ask for the new one."
      }
      finalFocus={finalFocus}
    >
      <form noValidate onSubmit={submit} className="flex flex-col gap-5">
        {faults.top}
        <TeamFields
          form={form}
          faults={faults}
          fixedName={
            team.managed_by ? { name: team.name, because: managedSource(team.managed_by) } : undefined
          }
        />
        <DialogActions>
          <Button onClick={requestClose}>Cancel</Button>
          <Button type="submit" variant="primary" pending={isSubmitting} pendingText="Saving…">
            Save changes
          </Button>
        </DialogActions>
      </form>
      <DiscardQuestion open={discarding} onOpenChange={setDiscarding} what="your changes" onDiscard={onClose}>
        The team stays as it is.
      </DiscardQuestion>
      <SignInToContinue open={signedOut} onOpenChange={setSignedOut} />
    </Dialog>
  );
}
