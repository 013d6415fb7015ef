"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useForm } from "react-hook-form";
import { useFormFaults } from "@/components/forms/use-form-faults";
import { useLinkCode } from "@/components/sign-in/use-link-code";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { CredentialInput, PasswordInput, TextInput } from "@/components/ui/text-field";
import { firstAdministrator, minPasswordLength } from "@/lib/sign-in/contract";
import { useSetUp } from "@/lib/sign-in/hooks";

const fields = ["code", "name", "email", "password"] as const;

/** Creates the first administrator, who is signed in from then on. */
export function SetUpForm() {
  const setUp = useSetUp();
  const form = useForm({ resolver: zodResolver(firstAdministrator), shouldFocusError: false });
  const { idOf, errorOf, onInvalid, onRefused, forget, top } = useFormFaults(form, fields);
  useLinkCode((code) => {
    if (code) form.setValue("code", code);
  });

  const submit = form.handleSubmit((values) => {
    forget();
    return setUp.mutate(values, {
      onSuccess: () => window.location.replace("/settings"),
      onError: onRefused,
    });
  }, onInvalid);

  return (
    // Were it sent before this code runs, POST keeps the password out of the address.
    <form method="post" noValidate onSubmit={submit} className="flex flex-col gap-5">
      {top}
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
      <Field
        label="Password"
        id={idOf("password")}
        error={errorOf("password")}
        hint={`At least ${minPasswordLength} characters; nothing else is asked of it.`}
      >
        <PasswordInput autoComplete="new-password" {...form.register("password")} />
      </Field>
      <Button
        type="submit"
        variant="primary"
        pending={setUp.isPending || setUp.isSuccess}
        pendingText="Creating…"
      >
        Create administrator
      </Button>
    </form>
  );
}
