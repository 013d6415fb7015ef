"use client";

import type { ReactNode } from "react";
import type { UseFormReturn } from "react-hook-form";
import type { z } from "zod";
import { FormControl } from "@/components/forms/form-control";
import type { FormFaults } from "@/components/forms/use-form-faults";
import { defaultExpirationDays } from "@/components/tokens/expiration";
import { ExpirationField } from "@/components/tokens/expiration-field";
import { ScimField } from "@/components/tokens/scim-field";
import { Field } from "@/components/ui/field";
import { ReadonlyInput, TextInput } from "@/components/ui/text-field";
import type { newToken } from "@/lib/tokens/contract";

export type TokenInput = z.input<typeof newToken>;
export type TokenOutput = z.output<typeof newToken>;

/** In the order they stand in. */
export const tokenFields = ["name", "expires_in_days", "scim"] as const;

/** What stands in the form before anybody typed. */
export const blankToken: TokenInput = { name: "", expires_in_days: defaultExpirationDays, scim: false };

interface TokenFormProps {
  form: UseFormReturn<TokenInput, unknown, TokenOutput>;
  faults: FormFaults<TokenInput, TokenOutput>;
  /** The name of the service account that the token is for. */
  owner: string;
  onValid: (token: TokenOutput) => void;
  /** Stands above the fields: why the last attempt failed. */
  top?: ReactNode;
  /** The buttons. */
  children: ReactNode;
}

/** The fields of a service account's token. */
export function TokenForm({ form, faults, owner, onValid, top, children }: TokenFormProps) {
  const { idOf, errorOf } = faults;

  return (
    <form noValidate onSubmit={form.handleSubmit(onValid, faults.onInvalid)} className="flex flex-col gap-5">
      {top}
      {faults.top}
      <Field label="Name" id={idOf("name")} error={errorOf("name")} hint="Shown in lists and audit">
        <TextInput {...form.register("name")} />
      </Field>
      <FormControl form={form} faults={faults} name="expires_in_days">
        {(control) => <ExpirationField {...control} />}
      </FormControl>
      <div className="grid grid-cols-[8rem_1fr] gap-4 max-md:grid-cols-1">
        <Field label="Type">
          <ReadonlyInput value="Service" />
        </Field>
        <Field label="Service User">
          <ReadonlyInput value={owner} />
        </Field>
      </div>
      <ScimField id={idOf("scim")} {...form.register("scim")} />
      {children}
    </form>
  );
}
