"use client";

import type { ReactNode } from "react";
import { Controller } from "react-hook-form";
import { FormControl } from "@/components/forms/form-control";
import { ExpirationField } from "@/components/tokens/expiration-field";
import { ScimField } from "@/components/tokens/scim-field";
import { nextNameFor, type useGenerateTokenForm } from "@/components/tokens/use-generate-token-form";
import { Field } from "@/components/ui/field";
import { RadioRows } from "@/components/ui/radio-rows";
import { ReadonlyInput, TextInput } from "@/components/ui/text-field";
import { ServiceUserPicker } from "@/components/users/service-user-picker";
import type { CurrentUser, User } from "@/lib/users/contract";

/** A token to be made: for the picked service user, or for oneself. */
export interface WantedToken {
  account: User | CurrentUser;
  name: string;
  expires_in_days: number | null;
  scim: boolean;
}

interface GenerateTokenFormProps extends Omit<ReturnType<typeof useGenerateTokenForm>, "isDirty"> {
  /** Who is signed in: a Personal token is for them. */
  me: CurrentUser;
  /** Whether Service tokens may be made as well. */
  canManage: boolean;
  /** The account is settled: it can't be picked. */
  ownerFixed: boolean;
  onValid: (token: WantedToken) => void;
  /** Stands above the fields: why the last attempt failed, and the same once more. */
  top: (onRetry: () => void) => ReactNode;
  /** The buttons. */
  children: ReactNode;
}

/** The fields of a token for a service user, or for oneself. */
export function GenerateTokenForm({
  form,
  faults,
  me,
  canManage,
  ownerFixed,
  onValid,
  top,
  children,
}: GenerateTokenFormProps) {
  const { idOf, errorOf } = faults;
  const type = form.watch("type");
  const owner = form.watch("owner");

  const submit = form.handleSubmit(({ owner: picked, type: kind, name, expires_in_days, scim }) => {
    const account = kind === "Personal" ? me : picked;
    if (account) onValid({ account, name, expires_in_days, scim: kind === "Service" && scim });
  }, faults.onInvalid);

  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-5">
      {top(() => void submit())}
      {faults.top}
      {canManage && !ownerFixed ? (
        <FormControl form={form} faults={faults} name="type">
          {(control) => <RadioRows label="Type" options={types} {...control} />}
        </FormControl>
      ) : (
        <Field label="Type">
          <ReadonlyInput value={type} />
        </Field>
      )}
      {type === "Service" && ownerFixed && owner && (
        <Field label="Service User">
          <ReadonlyInput value={owner.name} />
        </Field>
      )}
      {type === "Service" && !ownerFixed && (
        <Controller
          control={form.control}
          name="owner"
          render={({ field }) => (
            <Field label="Service User" id={idOf("owner")} error={errorOf("owner")}>
              <ServiceUserPicker
                ref={field.ref}
                value={field.value}
                onValueChange={(user) => {
                  field.onChange(user);
                  // What was typed stays.
                  if (!form.formState.dirtyFields.name) form.setValue("name", user ? nextNameFor(user) : "");
                }}
              />
            </Field>
          )}
        />
      )}
      <Field label="Name" id={idOf("name")} error={errorOf("name")} hint="Shown in lists and audit">
        <TextInput {...form.register("name")} />
      </Field>
      <FormControl form={form} faults={faults} name="expires_in_days">
        {(control) => <ExpirationField {...control} />}
      </FormControl>
      {type === "Service" && <ScimField id={idOf("scim")} {...form.register("scim")} />}
      {children}
    </form>
  );
}

const types = [
  {
    value: "Service",
    label: "Service",
    effect: "For a pipeline, a directory or another system: acts as a service user",
  },
  {
    value: "Personal",
    label: "Personal",
    effect: "For your own scripts: acts as you, with what your role allows",
  },
] as const;
