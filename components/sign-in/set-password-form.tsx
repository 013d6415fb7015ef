"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { z } from "zod";
import { useFormFaults } from "@/components/forms/use-form-faults";
import { useLinkCode } from "@/components/sign-in/use-link-code";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { PasswordInput } from "@/components/ui/text-field";
import { minPasswordLength, newPassword } from "@/lib/sign-in/contract";
import { useSetPasswordByLink } from "@/lib/sign-in/hooks";

/** What one types here; the link has the rest. */
const values = z.object({ password: newPassword });

/** Sets a password through a one-time link. */
export function SetPasswordForm() {
  const setPassword = useSetPasswordByLink();
  const [code, setCode] = useState<string | null>();
  const form = useForm({ resolver: zodResolver(values), shouldFocusError: false });
  const { idOf, errorOf, onInvalid, onRefused, forget, top } = useFormFaults(form, ["password"]);
  useLinkCode(setCode);

  const submit = form.handleSubmit(({ password }) => {
    forget();
    return setPassword.mutate(
      { code: code ?? "", password },
      { onSuccess: () => window.location.replace("/sign-in?notice=password-set"), onError: onRefused },
    );
  }, onInvalid);

  if (code === null)
    return (
      <Notice tone="info">
        <p>This page works through the link you were given: open it again, or paste all of it.</p>
      </Notice>
    );

  return (
    // Were it sent before this code runs, POST keeps the password out of the address.
    <form method="post" noValidate onSubmit={submit} className="flex flex-col gap-5">
      {top}
      <Field
        label="New password"
        id={idOf("password")}
        error={errorOf("password")}
        hint={`At least ${minPasswordLength} characters; nothing else is asked of it.`}
      >
        <PasswordInput autoComplete="new-password" {...form.register("password")} />
      </Field>
      <Button
        type="submit"
        variant="primary"
        pending={setPassword.isPending || setPassword.isSuccess}
        pendingText="Setting…"
      >
        Set password
      </Button>
    </form>
  );
}
