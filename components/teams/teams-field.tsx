"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useAnnounce } from "@/components/ui/announcer";
import { Button } from "@/components/ui/button";
import { Checklist, type ChecklistItem } from "@/components/ui/checklist";
import { Notice } from "@/components/ui/notice";
import { publicTeamName } from "@/db/enums";
import type { Team } from "@/lib/teams/contract";
import { teamsQuery } from "@/lib/teams/hooks";

interface TeamsFieldProps {
  id: string;
  /** Names, without `Public`. */
  value: readonly string[];
  onValueChange: (teams: string[]) => void;
  error?: string | undefined;
}

/** Which teams an account is in, `Public` always. With more than fifty teams the filter box asks the server. */
export function TeamsField({ id, value, onValueChange, error }: TeamsFieldProps) {
  const [search, setSearch] = useState("");
  const all = useQuery(teamsQuery({ size: atOnce }));
  const many = (all.data?.total ?? 0) > atOnce;
  const found = useQuery({ ...teamsQuery({ search, size: atOnce }), enabled: many && search !== "" });
  const shown = search === "" ? all.data : found.data;
  useAnnounceFound(search, found.isFetching ? undefined : found.data?.total, value.length);

  return (
    <div className="flex flex-col gap-2">
      <Checklist
        label="Teams"
        what="teams"
        id={id}
        items={itemsFrom(shown?.items ?? [], value)}
        value={value}
        onValueChange={onValueChange}
        {...(many ? { onFilterChange: debounced(setSearch) } : {})}
        hint={all.isPending && "Loading teams…"}
        error={error}
      />
      {many && shown && shown.total > atOnce && (
        <p className="text-help text-ink3">
          The first {atOnce} of {shown.total} teams are shown. Filter to find the others.
        </p>
      )}
      {all.isError && (
        <Notice tone="danger" action={<Button onClick={() => all.refetch()}>Try again</Button>}>
          The teams could not be loaded. {all.error.message}
        </Notice>
      )}
    </div>
  );
}

const atOnce = 50;
const pauseMs = 300;

function itemsFrom(teams: readonly Team[], chosen: readonly string[]): ChecklistItem[] {
  const names = teams.filter((team) => !team.locked).map((team) => team.name);
  return [
    { value: publicTeamName, label: publicTeamName, locked: "always included" },
    ...[...new Set([...names, ...chosen])].map((name) => ({ value: name, label: name })),
  ];
}
