"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useForm } from "react-hook-form";
import { useFormFaults } from "@/components/forms/use-form-faults";
import { Button } from "@/components/ui/button";
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
  const { idOf, errorOf, onInvalid, onRefused, forget, top } = useFormFaults(form, ["email", "password"]);

  const submit = form.handleSubmit((values) => {
    forget();
    return signIn.mutate(values, {
      onSuccess: onSignedIn,
      onError: (error) => {
        form.resetField("password", { defaultValue: "" });
        onRefused(error);
      },
    });
  }, onInvalid);

  return (
    // Were it sent before this code runs, POST keeps the password out of the address.
    <form method="post" noValidate onSubmit={submit} className="flex flex-col gap-5">
      {top}
      <Field label="E-mail" id={idOf("email")} error={errorOf("email")}>
        <CredentialInput autoComplete="username" {...form.register("email")} />
      </Field>
      <Field label="Password" id={idOf("password")} error={errorOf("password")}>
        <PasswordInput autoComplete="current-password" {...form.register("password")} />
      </Field>
      <Button
        type="submit"
        variant="primary"
        pending={signIn.isPending || signIn.isSuccess}
        pendingText="Signing in…"
      >
        Sign in
      </Button>
    </form>
  );
}
