"use client";

import type { ReactNode } from "react";
import type { UseFormReturn } from "react-hook-form";
import type { z } from "zod";
import { FormControl } from "@/components/forms/form-control";
import type { FormFaults } from "@/components/forms/use-form-faults";
import { TeamsField } from "@/components/teams/teams-field";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-field";
import { RoleField } from "@/components/users/role-field";
import { newServiceAccount } from "@/lib/users/contract";
import { noIdMessage, serviceUserId } from "@/lib/users/name";

/** The account's part of what a creation takes, with the one rule that the server adds to it. */
export const serviceUser = newServiceAccount
  .pick({ name: true, role: true, teams: true })
  .refine(({ name }) => serviceUserId(name) !== undefined, { path: ["name"], error: noIdMessage });

export type ServiceUserInput = z.input<typeof serviceUser>;
export type ServiceUserOutput = z.output<typeof serviceUser>;

/** In the order they stand in. */
export const serviceUserFields = ["name", "role", "teams"] as const;

/** What stands in the form before anybody typed: the least privilege. */
export const blankServiceUser: ServiceUserInput = { name: "", role: "Member", teams: [] };

interface ServiceUserFormProps {
  form: UseFormReturn<ServiceUserInput, unknown, ServiceUserOutput>;
  faults: FormFaults<ServiceUserInput, ServiceUserOutput>;
  onValid: (account: ServiceUserOutput) => void;
  /** Stands above the fields: why the last attempt failed. */
  top?: ReactNode;
  /** The buttons. */
  children: ReactNode;
}

/** The fields of a service account. */
export function ServiceUserForm({ form, faults, onValid, top, children }: ServiceUserFormProps) {
  const { idOf, errorOf } = faults;

  return (
    <form noValidate onSubmit={form.handleSubmit(onValid, faults.onInvalid)} className="flex flex-col gap-5">
      {top}
      {faults.top}
      <Field
        label="Name"
        id={idOf("name")}
        error={errorOf("name")}
        hint={<NameHint name={form.watch("name")} />}
      >
        <TextInput {...form.register("name")} />
      </Field>
      <FormControl form={form} faults={faults} name="role">
        {(control) => <RoleField of="Service" {...control} />}
      </FormControl>
      <FormControl form={form} faults={faults} name="teams">
        {(control) => <TeamsField of="Service" {...control} value={control.value ?? []} />}
      </FormControl>
      {children}
    </form>
  );
}

/** The id that the name makes, while it is typed. */
function NameHint({ name }: { name: string }) {
  const userId = serviceUserId(name.trim());

  return (
    <>
      Shown in lists and audit
      <span className="mt-0.5 block text-ink2 wrap-anywhere">
        ID: {userId ? <span className="font-mono text-mono">{userId}</span> : "made from the name"}
      </span>
    </>
  );
}
