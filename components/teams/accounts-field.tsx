"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { managedReason } from "@/components/security/managed";
import { Button } from "@/components/ui/button";
import { Checklist, type ChecklistItem } from "@/components/ui/checklist";
import { Notice } from "@/components/ui/notice";
import { useSettled } from "@/components/ui/use-settled";
import type { Team } from "@/lib/teams/contract";
import type { User } from "@/lib/users/contract";
import { usersQuery } from "@/lib/users/hooks";

interface AccountsFieldProps {
  id: string;
  team: Team;
  /** The numbers of accounts, as text. */
  value: readonly string[];
  onValueChange: (value: string[]) => void;
  error: string | undefined;
}

/** Accounts to choose from: the first fifty by name, or what is found. Who is found and in already is said to be. */
export function AccountsField({ id, team, value, onValueChange, error }: AccountsFieldProps) {
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
        id={id}
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
