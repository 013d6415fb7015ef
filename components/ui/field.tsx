"use client";

import { CircleAlert } from "lucide-react";
import { createContext, type ReactNode, useContext, useId } from "react";

interface FieldProps {
  label: string;
  /** Help that is always there. */
  hint?: ReactNode;
  /** What is wrong with the value, and what is right. */
  error?: string | undefined;
  /** The id of the control; needed where an error summary links to it. */
  id?: string;
  /** For a box whose purpose is plain to the eye: the label is there for assistive technology alone. */
  hideLabel?: boolean;
  /** A control (`TextInput`, `PasswordInput`, `ReadonlyInput`, `Select`). */
  children: ReactNode;
}

/** Wires label, control, hint and error to each other. The control inside takes its part with `useFieldControl`. */
export function Field({ label, hint, error, id, hideLabel = false, children }: FieldProps) {
  const ownId = useId();
  const control = fieldControl(id ?? ownId, { hint: Boolean(hint), error: Boolean(error) });

  return (
    <div className="flex flex-col">
      <label
        id={control.labelId}
        htmlFor={control.id}
        className={hideLabel ? "sr-only" : "mb-1.5 w-fit font-medium"}
      >
        {label}
      </label>
      <FieldContext value={control}>{children}</FieldContext>
      {hint && <FieldHint id={`${control.id}-hint`}>{hint}</FieldHint>}
      {error && <FieldError id={`${control.id}-error`}>{error}</FieldError>}
    </div>
  );
}

/** The attributes that tie a control to its field. */
export interface FieldControl {
  id: string;
  labelId: string;
  describedBy: string | undefined;
  invalid: boolean;
}

/** For controls: what `Field` has decided. Throws outside a `Field`, since such a control would have no name. */
export function useFieldControl(): FieldControl {
  const control = useContext(FieldContext);
  if (!control) throw new Error("A control must stand inside a Field.");
  return control;
}

/** The ids of a field with hint and error, by the rule that `FieldHint` and `FieldError` are rendered with. */
export function fieldControl(id: string, has: { hint: boolean; error: boolean }): FieldControl {
  const describedBy = [has.hint && `${id}-hint`, has.error && `${id}-error`].filter(Boolean).join(" ");
  return { id, labelId: `${id}-label`, describedBy: describedBy || undefined, invalid: has.error };
}

export function FieldHint({ id, children }: { id: string; children: ReactNode }) {
  return (
    <div id={id} className="mt-1.5 text-help text-ink3">
      {children}
    </div>
  );
}

export function FieldError({ id, children }: { id: string; children: ReactNode }) {
  return (
    <p id={id} className="mt-1.5 flex items-start gap-1.5 text-danger-text">
      <CircleAlert className="mt-0.5" />
      {children}
    </p>
  );
}

/** The look of everything one types into or picks from. */
export const controlClasses =
  "min-h-9 w-full rounded-control border border-control bg-surface px-2.5 py-1.5 text-body text-ink max-md:min-h-11 max-md:text-touch aria-invalid:border-danger-text";

const FieldContext = createContext<FieldControl | null>(null);
