"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Field } from "@/components/ui/field";
import { SearchSelect } from "@/components/ui/search-select";
import { useSettled } from "@/components/ui/use-settled";
import { teamsQuery } from "@/lib/teams/hooks";

interface TeamFilterProps {
  /** The team whose members are shown; empty for everybody. */
  team: string;
  onChange: (team: string) => void;
}

/** Narrows the users to the members of one team, which is looked for by typing. */
export function TeamFilter({ team, onChange }: TeamFilterProps) {
  const [typed, setTyped] = useState("");
  const search = useSettled(typed.trim());
  const { data, isError } = useQuery(teamsQuery({ search, size: atOnce }));
  const found = data?.items.map(({ name }) => ({ value: name, label: name })) ?? [];

  return (
    <Field label="Team" hideLabel>
      <SearchSelect
        options={typed.trim() === "" ? [allTeams, ...found] : found}
        value={team ? { value: team, label: team } : allTeams}
        onValueChange={({ value }) => onChange(value)}
        onSearch={setTyped}
        searchLabel="Search teams"
        status={statusOf(data?.items.length, isError)}
      />
    </Field>
  );
}

const allTeams = { value: "", label: "All teams" };
const atOnce = 50;

function statusOf(found: number | undefined, failed: boolean): string | undefined {
  if (failed) return "The teams could not be loaded.";
  if (found === undefined) return "Loading teams…";
  return found === 0 ? "No teams match." : undefined;
}
