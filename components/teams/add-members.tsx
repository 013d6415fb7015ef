"use client";

import { useQuery } from "@tanstack/react-query";
import { type FormEvent, type RefObject, useState } from "react";
import { requestFault } from "@/components/creation/creation-fault";
import { managedReason } from "@/components/security/managed";
import { FormRefusal } from "@/components/sign-in/form-refusal";
import { isSignedOut } from "@/components/sign-in/is-signed-out";
import { SignInToContinue } from "@/components/sign-in/sign-in-to-continue";
import { Button } from "@/components/ui/button";
import { Checklist, type ChecklistItem } from "@/components/ui/checklist";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { DiscardQuestion } from "@/components/ui/discard-question";
import { Notice } from "@/components/ui/notice";
import { useToast } from "@/components/ui/toaster";
import { useSettled } from "@/components/ui/use-settled";
import type { Team } from "@/lib/teams/contract";
import { useChangeTeamMembers } from "@/lib/teams/hooks";
import type { User } from "@/lib/users/contract";
import { usersQuery } from "@/lib/users/hooks";

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
  const [refusal, setRefusal] = useState<{ error: Error; attempt: number }>();
  const [signedOut, setSignedOut] = useState(false);
  const [discarding, setDiscarding] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (change.isPending) return;
    if (chosen.length === 0) return setError("Choose at least one account.");
    try {
      await change.mutateAsync({ id: team.id, changes: { add: chosen.map(Number) } });
      onClose();
      toast({
        text: `${chosen.length === 1 ? "1 member" : `${chosen.length} members`} added to ${team.name}`,
      });
    } catch (thrown) {
      const fault = requestFault(thrown);
      if (isSignedOut(fault)) setSignedOut(true);
      else setRefusal((before) => ({ error: fault, attempt: (before?.attempt ?? 0) + 1 }));
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
      <SignInToContinue open={signedOut} onOpenChange={setSignedOut} />
    </Dialog>
  );
}

interface AccountsFieldProps {
  team: Team;
  /** The numbers of accounts, as text. */
  value: readonly string[];
  onValueChange: (value: string[]) => void;
  error: string | undefined;
}

/** Accounts to choose from: the first fifty by name, or what is found. Who is found and in already is said to be. */
function AccountsField({ team, value, onValueChange, error }: AccountsFieldProps) {
  const [typed, setTyped] = useState("");
  const search = useSettled(typed.trim());
  const {
    data,
    isPending,
    isError,
    error: fault,
    refetch,
  } = useQuery(usersQuery({ search, sort: "name", size: atOnce }));
  const [labels, setLabels] = useState<ReadonlyMap<string, string>>(new Map());
  const found = data?.items ?? [];

  const choose = (next: string[]) => {
    const known = found.map((user): [string, string] => [String(user.id), labelOf(user)]);
    setLabels(new Map([...labels, ...known]));
    onValueChange(next);
  };

  return (
    <div className="flex flex-col gap-2">
      <Checklist
        label="Accounts"
        what="accounts"
        items={itemsFrom(
          search ? found : found.filter(({ teams }) => !teams.includes(team.name)),
          team,
          value,
          labels,
        )}
        value={value}
        onValueChange={choose}
        onFilterChange={setTyped}
        hint={
          data && data.total > atOnce && `The first ${atOnce} of ${data.total} are shown: type to find others`
        }
        error={error}
      />
      {isPending && <p className="text-help text-ink3 appear-late">Loading accounts…</p>}
      {isError && (
        <Notice tone="danger" action={<Button onClick={() => refetch()}>Try again</Button>}>
          The accounts could not be loaded. {fault.message}
        </Notice>
      )}
    </div>
  );
}

const atOnce = 50;

/** What was found, and what was chosen before, found or not. */
function itemsFrom(
  found: readonly User[],
  team: Team,
  chosen: readonly string[],
  labels: ReadonlyMap<string, string>,
): ChecklistItem[] {
  const items = new Map<string, ChecklistItem>();
  for (const user of found) {
    const value = String(user.id);
    const isMember = user.teams.includes(team.name);
    items.set(value, {
      value,
      label: labelOf(user),
      ...(isMember ? { locked: "already a member" } : {}),
      fixed: team.managed_by && user.user_type === "User" ? managedReason : undefined,
    });
  }
  for (const value of chosen)
    if (!items.has(value)) items.set(value, { value, label: labels.get(value) ?? value });
  return [...items.values()];
}

function labelOf({ name, user_id }: User): string {
  return `${name} (${user_id})`;
}
