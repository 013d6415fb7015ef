"use client";

import { type UseQueryResult, useQueries, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { managedReason } from "@/components/security/managed";
import { useAnnounce } from "@/components/ui/announcer";
import { Button } from "@/components/ui/button";
import { Checklist, type ChecklistItem } from "@/components/ui/checklist";
import { Notice } from "@/components/ui/notice";
import { useSettled } from "@/components/ui/use-settled";
import { publicTeamName, type UserType } from "@/db/enums";
import type { Output } from "@/lib/http/endpoint";
import type { listTeams, Team } from "@/lib/teams/contract";
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
  const chosen = useChosenTeams(value, [all, found], of);
  useAnnounceFound(search, shown.isFetching ? undefined : shown.data?.total, value.length);

  return (
    <div className="flex flex-col gap-2">
      <Checklist
        label="Teams"
        what="teams"
        id={id}
        items={itemsFrom(shown.data?.items ?? [], chosen, value, of)}
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

/** What is known of each chosen team: the team, or why it can't be told whether it may be left. */
type Chosen = ReadonlyMap<string, Team | string>;

/**
 * Until it is known who manages a team, a person can't be taken out of it here (A8). Chosen ones that no list has shown,
 * for they aren't among the first fifty, are asked for by name.
 */
function useChosenTeams(
  names: readonly string[],
  [all, found]: readonly [UseQueryResult<Teams>, UseQueryResult<Teams>],
  of: UserType,
): Chosen {
  const shown = new Map(
    [...(found.data?.items ?? []), ...(all.data?.items ?? [])].map((team) => [team.name, team]),
  );
  const unseen = of === "User" ? names.filter((name) => !shown.has(name)) : [];
  const asked = useQueries({
    queries: unseen.map((name) => ({ ...teamsQuery({ search: name, size: 100 }), enabled: all.isSuccess })),
  });

  const chosen = new Map<string, Team | string>(shown);
  unseen.forEach((name, n) => {
    const { data, isError } = asked[n] ?? {};
    const team = data?.items.find((each) => each.name === name);
    chosen.set(name, team ?? (data || isError || all.isError ? unknownReason : "Looking who manages it…"));
  });
  return chosen;
}

type Teams = Output<typeof listTeams.answer>;

const unknownReason = "Not known who manages it";

/** The list holds `Public`, what was found, and what was chosen before, found or not. */
function itemsFrom(
  found: readonly Team[],
  chosen: Chosen,
  value: readonly string[],
  of: UserType,
): ChecklistItem[] {
  const itemOf = ({ name, managed_by }: Team): ChecklistItem => ({
    value: name,
    label: name,
    fixed: managed_by && of === "User" ? managedReason : undefined,
  });
  const items = new Map<string, ChecklistItem>();
  items.set(publicTeamName, { value: publicTeamName, label: publicTeamName, locked: "always included" });
  for (const team of found) if (!team.locked) items.set(team.name, itemOf(team));
  for (const name of value) {
    if (items.has(name)) continue;
    const team = chosen.get(name);
    items.set(name, typeof team === "object" ? itemOf(team) : { value: name, label: name, fixed: team });
  }
  return [...items.values()];
}

function useAnnounceFound(search: string, total: number | undefined, selected: number) {
  const announce = useAnnounce();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a search is told of, a tick of a box tells of itself.
  useEffect(() => {
    if (search !== "" && total !== undefined) announce(`${total} teams match, ${selected} selected`);
  }, [search, total]);
}
