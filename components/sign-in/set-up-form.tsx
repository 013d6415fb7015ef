"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useForm } from "react-hook-form";
import { useFormFaults } from "@/components/forms/use-form-faults";
import { NewPasswordField } from "@/components/sign-in/new-password-field";
import { PasswordForm } from "@/components/sign-in/password-form";
import { useLinkCode } from "@/components/sign-in/use-link-code";
import { Field } from "@/components/ui/field";
import { CredentialInput, TextInput } from "@/components/ui/text-field";
import { firstAdministrator } from "@/lib/sign-in/contract";
import { useSetUp } from "@/lib/sign-in/hooks";

const fields = ["code", "name", "email", "password"] as const;

/** Creates the first administrator, who is signed in from then on. */
export function SetUpForm() {
  const setUp = useSetUp();
  const form = useForm({ resolver: zodResolver(firstAdministrator), shouldFocusError: false });
  const faults = useFormFaults(form, fields);
  const { idOf, errorOf } = faults;
  useLinkCode((code) => {
    if (code) form.setValue("code", code);
  });

  return (
    <PasswordForm
      form={form}
      faults={faults}
      send={setUp.mutate}
      onSent={() => window.location.replace("/settings")}
      action="Create administrator"
      pendingText="Creating…"
      pending={setUp.isPending || setUp.isSuccess}
    >
      <Field
        label="Set-up code"
        id={idOf("code")}
        error={errorOf("code")}
        hint="From the link in the server's log. Opening that link fills it in."
      >
        <CredentialInput autoComplete="one-time-code" className="font-mono" {...form.register("code")} />
      </Field>
      <Field label="Name" id={idOf("name")} error={errorOf("name")}>
        <TextInput {...form.register("name")} />
      </Field>
      <Field label="E-mail" id={idOf("email")} error={errorOf("email")} hint="You sign in with it.">
        <CredentialInput autoComplete="username" {...form.register("email")} />
      </Field>
      <NewPasswordField
        label="Password"
        id={idOf("password")}
        error={errorOf("password")}
        {...form.register("password")}
      />
    </PasswordForm>
  );
}
