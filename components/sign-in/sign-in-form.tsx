"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useForm } from "react-hook-form";
import { useFormFaults } from "@/components/forms/use-form-faults";
import { PasswordForm } from "@/components/sign-in/password-form";
import { Field } from "@/components/ui/field";
import { CredentialInput, PasswordInput } from "@/components/ui/text-field";
import { credentials } from "@/lib/sign-in/contract";
import { useSignIn } from "@/lib/sign-in/hooks";

interface SignInFormProps {
  onSignedIn: () => void;
}

/** E-mail and password. After a failure the e-mail stays and the password goes. */
export function SignInForm({ onSignedIn }: SignInFormProps) {
  const signIn = useSignIn();
  // No default values: what a password manager filled in before this code ran is to stay.
  const form = useForm({ resolver: zodResolver(credentials), shouldFocusError: false });
  const faults = useFormFaults(form, ["email", "password"]);
  const { idOf, errorOf } = faults;

  return (
    <PasswordForm
      form={form}
      faults={faults}
      send={signIn.mutate}
      onSent={onSignedIn}
      onRefused={() => form.resetField("password", { defaultValue: "" })}
      action="Sign in"
      pendingText="Signing in…"
      pending={signIn.isPending || signIn.isSuccess}
    >
      <Field label="E-mail" id={idOf("email")} error={errorOf("email")}>
        <CredentialInput autoComplete="username" {...form.register("email")} />
      </Field>
      <Field label="Password" id={idOf("password")} error={errorOf("password")}>
        <PasswordInput autoComplete="current-password" {...form.register("password")} />
      </Field>
    </PasswordForm>
  );
}
