"use client";

import type { UseFormReturn } from "react-hook-form";
import type { z } from "zod";
import type { FormFaults } from "@/components/forms/use-form-faults";
import { Field } from "@/components/ui/field";
import { ReadonlyInput, TextArea, TextInput } from "@/components/ui/text-field";
import type { newTeam } from "@/lib/teams/contract";

export type TeamInput = z.input<typeof newTeam>;
export type TeamOutput = z.output<typeof newTeam>;

/** In the order they stand in. */
export const teamFields = ["name", "description"] as const;

interface TeamFieldsProps {
  form: UseFormReturn<TeamInput, unknown, TeamOutput>;
  faults: FormFaults<TeamInput, TeamOutput>;
  /** A name that can't be changed here, and why. */
  fixedName?: { name: string; because: string } | undefined;
}

/** What a team is called and, if one likes, what it is for. */
export function TeamFields({ form, faults: { idOf, errorOf }, fixedName }: TeamFieldsProps) {
  return (
    <>
      {fixedName ? (
        <Field label="Name" hint={fixedName.because}>
          <ReadonlyInput value={fixedName.name} />
        </Field>
      ) : (
        <Field label="Name" id={idOf("name")} error={errorOf("name")} hint="Unique, ignoring case">
          <TextInput {...form.register("name")} />
        </Field>
      )}
      <Field
        label="Description"
        id={idOf("description")}
        error={errorOf("description")}
        hint="Optional: what the team is for"
      >
        <TextArea {...form.register("description")} />
      </Field>
    </>
  );
}
