"use client";

import { useId, useState } from "react";
import type { FieldErrors, FieldPath, FieldValues, UseFormReturn } from "react-hook-form";
import { FormRefusal } from "@/components/forms/form-refusal";
import { ErrorSummary } from "@/components/ui/error-summary";
import { RequestRefused } from "@/lib/http/client";

/**
 * Tells a form's faults: a single one has focus in its field, two or more are summed up at the top with links, and
 * what is no field's fault stands at the top too.
 * @param fields in the order they stand in
 */
export function useFormFaults<Values extends FieldValues, Output>(
  form: UseFormReturn<Values, unknown, Output>,
  fields: readonly FieldPath<Values>[],
) {
  const formId = useId();
  const [told, setTold] = useState<Told<Values>>({ faults: [], attempt: 0 });

  const idOf = (field: FieldPath<Values>) => `${formId}-${field}`;

  const tell = (faults: Fault<Values>[], refusal?: Error) => {
    setTold(({ attempt }) => ({ faults, refusal, attempt: attempt + 1 }));
    const [first, second] = faults;
    // The field isn't marked yet when the fault came with the server's answer.
    if (first && !second) requestAnimationFrame(() => form.setFocus(first.field));
  };

  /** For `mutate`: what the server says about fields goes beside them, the rest to the top. */
  const onRefused = (refusal: Error) => {
    const errors = refusal instanceof RequestRefused ? refusal.errors : [];
    const faults = fields.flatMap((field) =>
      faultOf(field, errors.find((error) => error.field === field)?.message),
    );
    for (const { field, message } of faults) form.setError(field, { message });
    tell(faults, faults.length === 0 ? refusal : undefined);
  };

  return {
    /** For the `Field` of that name. */
    idOf,
    /** What is wrong with the field now; changes while one types. */
    errorOf: (field: FieldPath<Values>) => form.getFieldState(field, form.formState).error?.message,
    /** For `handleSubmit`. */
    onInvalid: (errors: FieldErrors<Values>) =>
      tell(fields.flatMap((field) => faultOf(field, errors[field as keyof FieldErrors<Values>]?.message))),
    onRefused,
    /** For `useAttempt`: the same for what concerns fields; false for anything else. */
    place: (refusal: RequestRefused): boolean => {
      if (refusal.errors.length > 0) onRefused(refusal);
      return refusal.errors.length > 0;
    },
    /** Takes away what the attempt before has left. */
    forget: () => setTold(({ attempt }) => ({ faults: [], attempt })),
    /** What stands at the top of the form. */
    top: (
      <>
        {told.refusal && <FormRefusal error={told.refusal} attempt={told.attempt} />}
        {told.faults.length > 1 && (
          <ErrorSummary
            attempt={told.attempt}
            errors={told.faults.map(({ field, message }) => ({ fieldId: idOf(field), message }))}
          />
        )}
      </>
    ),
  };
}

/** For a component that is given a form together with its faults. */
export type FormFaults<Values extends FieldValues, Output> = ReturnType<typeof useFormFaults<Values, Output>>;

interface Told<Values extends FieldValues> {
  faults: Fault<Values>[];
  refusal?: Error | undefined;
  attempt: number;
}

interface Fault<Values extends FieldValues> {
  field: FieldPath<Values>;
  message: string;
}

function faultOf<Values extends FieldValues>(field: FieldPath<Values>, message: unknown): Fault<Values>[] {
  return typeof message === "string" ? [{ field, message }] : [];
}
