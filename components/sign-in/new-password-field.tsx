"use client";

import type { ComponentProps } from "react";
import { Field } from "@/components/ui/field";
import { PasswordInput } from "@/components/ui/text-field";
import { minPasswordLength } from "@/lib/sign-in/contract";

interface NewPasswordFieldProps extends Omit<ComponentProps<typeof PasswordInput>, "autoComplete"> {
  label: string;
  id: string;
  error: string | undefined;
}

/** A password to be, with all that is asked of it; spread a form's `register` on it. */
export function NewPasswordField({ label, id, error, ...input }: NewPasswordFieldProps) {
  return (
    <Field
      label={label}
      id={id}
      error={error}
      hint={`At least ${minPasswordLength} characters; nothing else is asked of it.`}
    >
      <PasswordInput autoComplete="new-password" {...input} />
    </Field>
  );
}
