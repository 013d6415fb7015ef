"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { managedReason } from "@/components/security/managed";
import { useAnnounce } from "@/components/ui/announcer";
import { Button } from "@/components/ui/button";
import { Checklist, type ChecklistItem } from "@/components/ui/checklist";
import { Notice } from "@/components/ui/notice";
import { useSettled } from "@/components/ui/use-settled";
import { publicTeamName, type UserType } from "@/db/enums";
import type { Team } from "@/lib/teams/contract";
import { teamsQuery } from "@/lib/teams/hooks";

interface TeamsFieldProps {
  id: string;
  /** Names, without `Public`. */
  value: readonly string[];
  onValueChange: (teams: string[]) => void;
  error?: string | undefined;
  /** Whose teams: which people are in a team of the identity provider's is not for here to say (A8). */
  of: UserType;
}

/** Which teams an account is in, `Public` always. With more than fifty teams the filter box asks the server. */
export function TeamsField({ id, value, onValueChange, error, of }: TeamsFieldProps) {
  const [typed, setTyped] = useState("");
  const search = useSettled(typed.trim());
  const all = useQuery(teamsQuery({ size: atOnce }));
  const many = (all.data?.total ?? 0) > atOnce;
  const found = useQuery({ ...teamsQuery({ search, size: atOnce }), enabled: many && search !== "" });
  const shown = many && search !== "" ? found : all;
  useAnnounceFound(search, shown.isFetching ? undefined : shown.data?.total, value.length);

  return (
    <div className="flex flex-col gap-2">
      <Checklist
        label="Teams"
        what="teams"
        id={id}
        items={itemsFrom(shown.data?.items ?? [], value, of)}
        value={value}
        onValueChange={onValueChange}
        {...(many ? { onFilterChange: setTyped } : {})}
        hint={
          shown.data && shown.data.total > atOnce && `The first ${atOnce} of ${shown.data.total} are shown`
        }
        error={error}
      />
      {all.isPending && <p className="text-help text-ink3 appear-late">Loading teams…</p>}
      {shown.isError && (
        <Notice tone="danger" action={<Button onClick={() => shown.refetch()}>Try again</Button>}>
          The teams could not be loaded. {shown.error.message}
        </Notice>
      )}
    </div>
  );
}

const atOnce = 50;

/** The list holds `Public`, what was found, and what was chosen before, found or not. */
function itemsFrom(found: readonly Team[], chosen: readonly string[], of: UserType): ChecklistItem[] {
  const items = new Map<string, ChecklistItem>();
  items.set(publicTeamName, { value: publicTeamName, label: publicTeamName, locked: "always included" });
  for (const { name, locked, managed_by } of found)
    if (!locked)
      items.set(name, { ...itemOf(name), fixed: managed_by && of === "User" ? managedReason : undefined });
  for (const name of chosen) if (!items.has(name)) items.set(name, itemOf(name));
  return [...items.values()];
}

function itemOf(name: string): ChecklistItem {
  return { value: name, label: name };
}

function useAnnounceFound(search: string, total: number | undefined, selected: number) {
  const announce = useAnnounce();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a search is told of, a tick of a box tells of itself.
  useEffect(() => {
    if (search !== "" && total !== undefined) announce(`${total} teams match, ${selected} selected`);
  }, [search, total]);
}
