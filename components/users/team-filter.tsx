"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Combobox, type ComboboxOption } from "@/components/ui/combobox";
import { Field } from "@/components/ui/field";
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

  return (
    <Field label="Team" hideLabel>
      <Combobox
        // What others change, as *Clear filters* does, is to stand in the box at once.
        key={team}
        placeholder="All teams"
        clearLabel="Clear team"
        options={data?.items.map(optionOf) ?? []}
        value={team ? optionOf({ name: team }) : null}
        onValueChange={(option) => onChange(option?.label ?? "")}
        onSearch={setTyped}
        status={statusOf(data?.items.length, isError)}
      />
    </Field>
  );
}

const atOnce = 50;

function optionOf({ name }: { name: string }): ComboboxOption {
  return { value: name, label: name };
}

function statusOf(found: number | undefined, failed: boolean): string | undefined {
  if (failed) return "The teams could not be loaded.";
  if (found === undefined) return "Loading teams…";
  return found === 0 ? "No teams match." : undefined;
}
