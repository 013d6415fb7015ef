"use client";

import type { ReactElement } from "react";
import {
  Controller,
  type FieldPath,
  type FieldPathValue,
  type FieldValues,
  type UseFormReturn,
} from "react-hook-form";
import type { FormFaults } from "@/components/forms/use-form-faults";

interface FormControlProps<Values extends FieldValues, Output, Name extends FieldPath<Values>> {
  form: UseFormReturn<Values, unknown, Output>;
  faults: FormFaults<Values, Output>;
  name: Name;
  children: (control: Wiring<FieldPathValue<Values, Name>>) => ReactElement;
}

/** What a control takes part in its form by. */
interface Wiring<Value> {
  id: string;
  value: Value;
  onValueChange: (value: Value) => void;
  error: string | undefined;
}

/** Wires to a form what is no plain input: roles, teams, a choice of rows. */
export function FormControl<Values extends FieldValues, Output, Name extends FieldPath<Values>>({
  form,
  faults,
  name,
  children,
}: FormControlProps<Values, Output, Name>) {
  return (
    <Controller
      control={form.control}
      name={name}
      render={({ field }) =>
        children({
          id: faults.idOf(name),
          value: field.value,
          onValueChange: field.onChange,
          error: faults.errorOf(name),
        })
      }
    />
  );
}
