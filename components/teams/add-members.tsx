"use client";

import { type FormEvent, type RefObject, useId, useState } from "react";
import { FormRefusal } from "@/components/forms/form-refusal";
import { useRequestFault } from "@/components/sign-in/use-request-fault";
import { AccountsField } from "@/components/teams/accounts-field";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { DiscardQuestion } from "@/components/ui/discard-question";
import { useToast } from "@/components/ui/toaster";
import type { Team } from "@/lib/teams/contract";
import { useChangeTeamMembers } from "@/lib/teams/hooks";

interface AddMembersProps {
  team: Team;
  onClose: () => void;
  finalFocus: RefObject<HTMLElement | null>;
}

/** "Add members": any number of accounts, looked for by typing, join a team in one go. */
export function AddMembers({ team, onClose, finalFocus }: AddMembersProps) {
  const change = useChangeTeamMembers();
  const toast = useToast();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [error, setError] = useState<string>();
  const accountsId = useId();
  const [refusal, setRefusal] = useState<{ error: Error; attempt: number }>();
  const { fail, signIn } = useRequestFault();
  const [discarding, setDiscarding] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (change.isPending) return;
    if (chosen.length === 0) {
      setError("Choose at least one account.");
      document.getElementById(accountsId)?.querySelector("input")?.focus();
      return;
    }
    try {
      await change.mutateAsync({ id: team.id, changes: { add: chosen.map(Number) } });
      onClose();
      toast({
        text: `${chosen.length === 1 ? "1 member" : `${chosen.length} members`} added to ${team.name}`,
      });
    } catch (thrown) {
      fail(thrown, (fault) =>
        setRefusal((before) => ({ error: fault, attempt: (before?.attempt ?? 0) + 1 })),
      );
    }
  };

  const requestClose = () => {
    if (change.isPending) return;
    if (chosen.length > 0) setDiscarding(true);
    else onClose();
  };

  return (
    <Dialog open onOpenChange={requestClose} title={`Add members to ${team.name}`} finalFocus={finalFocus}>
      <form noValidate onSubmit={submit} className="flex flex-col gap-5">
        {refusal && <FormRefusal error={refusal.error} attempt={refusal.attempt} />}
        <AccountsField
          id={accountsId}
          team={team}
          value={chosen}
          onValueChange={(next) => {
            setChosen(next);
            setError(undefined);
          }}
          error={error}
        />
        <DialogActions>
          <Button onClick={requestClose}>Cancel</Button>
          <Button type="submit" variant="primary" pending={change.isPending} pendingText="Adding…">
            Add members
          </Button>
        </DialogActions>
      </form>
      <DiscardQuestion open={discarding} onOpenChange={setDiscarding} what="your choice" onDiscard={onClose}>
        Nobody has been added yet.
      </DiscardQuestion>
      {signIn}
    </Dialog>
  );
}
