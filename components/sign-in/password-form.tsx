"use client";

import type { ReactNode } from "react";
import type { FieldValues, UseFormReturn } from "react-hook-form";
import type { FormFaults } from "@/components/forms/use-form-faults";
import { Button } from "@/components/ui/button";

interface PasswordFormProps<Values extends FieldValues, Output> {
  form: UseFormReturn<Values, unknown, Output>;
  faults: FormFaults<Values, Output>;
  /** The `mutate` of what it is all for. */
  send: (values: Output, told: Told) => void;
  onSent: () => void;
  /** Beside telling why. */
  onRefused?: () => void;
  /** What the button says. */
  action: string;
  /** What it says while `pending`, as "Signing in…". */
  pendingText: string;
  pending: boolean;
  buttonClassName?: string;
  /** The fields. */
  children: ReactNode;
}

interface Told {
  onSuccess: () => void;
  onError: (error: Error) => void;
}

/** A form with a password in it, that tells its faults above the fields. */
export function PasswordForm<Values extends FieldValues, Output>({
  form,
  faults,
  send,
  onSent,
  onRefused,
  action,
  pendingText,
  pending,
  buttonClassName,
  children,
}: PasswordFormProps<Values, Output>) {
  const submit = form.handleSubmit((values) => {
    faults.forget();
    send(values, {
      onSuccess: onSent,
      onError: (error) => {
        onRefused?.();
        faults.onRefused(error);
      },
    });
  }, faults.onInvalid);

  return (
    // Were it sent before this code runs, POST keeps the password out of the address.
    <form method="post" noValidate onSubmit={submit} className="flex flex-col gap-5">
      {faults.top}
      {children}
      <Button
        type="submit"
        variant="primary"
        pending={pending}
        pendingText={pendingText}
        className={buttonClassName}
      >
        {action}
      </Button>
    </form>
  );
}
