"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { type RefObject, useState } from "react";
import { useForm } from "react-hook-form";
import { DiscardCreation } from "@/components/creation/discard-creation";
import { useAttempt } from "@/components/creation/use-attempt";
import { useCreation } from "@/components/creation/use-creation";
import { useFormFaults } from "@/components/forms/use-form-faults";
import { TeamFields, type TeamInput, type TeamOutput, teamFields } from "@/components/teams/team-fields";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { newTeam, type Team } from "@/lib/teams/contract";
import { useCreateTeam } from "@/lib/teams/hooks";

interface TeamDialogProps {
  /** What has focus afterwards. */
  finalFocus: RefObject<HTMLElement | null>;
  /** With the team, if one was created. */
  onClose: (created: Team | undefined) => void;
}

/** "Add team": a name and, if one likes, what it is for. */
export function TeamDialog({ finalFocus, onClose }: TeamDialogProps) {
  const createTeam = useCreateTeam();
  const creation = useCreation(createTeam.mutateAsync);
  const form = useForm<TeamInput, unknown, TeamOutput>({
    resolver: zodResolver(newTeam),
    defaultValues: { name: "", description: "" },
    shouldFocusError: false,
  });
  const faults = useFormFaults(form, teamFields);
  const attempt = useAttempt(faults.place);
  const [discarding, setDiscarding] = useState(false);
  const { isDirty } = form.formState;

  const submit = form.handleSubmit(async (team) => {
    attempt.begin();
    try {
      const created = await creation.run(team);
      if (created) onClose(created);
    } catch (error) {
      attempt.fail(error);
    }
  }, faults.onInvalid);

  const requestClose = () => {
    if (creation.pending) return;
    if (isDirty) setDiscarding(true);
    else onClose(undefined);
  };

  return (
    <Dialog open onOpenChange={requestClose} title="Add team" finalFocus={finalFocus}>
      <form noValidate onSubmit={submit} className="flex flex-col gap-5">
        {attempt.top(submit)}
        {faults.top}
        <TeamFields form={form} faults={faults} />
        <DialogActions>
          <Button onClick={requestClose}>Cancel</Button>
          <Button
            type="submit"
            variant="primary"
            pending={creation.pending}
            pendingText={creation.pendingText}
          >
            Add team
          </Button>
        </DialogActions>
      </form>
      <DiscardCreation
        open={discarding}
        onOpenChange={setDiscarding}
        what="this team"
        onDiscard={() => onClose(undefined)}
        uncertain={attempt.uncertain}
      />
      {attempt.signIn}
    </Dialog>
  );
}
