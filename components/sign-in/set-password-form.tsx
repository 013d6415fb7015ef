"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { z } from "zod";
import { useFormFaults } from "@/components/forms/use-form-faults";
import { NewPasswordField } from "@/components/sign-in/new-password-field";
import { PasswordForm } from "@/components/sign-in/password-form";
import { useLinkCode } from "@/components/sign-in/use-link-code";
import { Notice } from "@/components/ui/notice";
import { newPassword } from "@/lib/sign-in/contract";
import { useSetPasswordByLink } from "@/lib/sign-in/hooks";

/** What one types here; the link has the rest. */
const values = z.object({ password: newPassword });

/** Sets a password through a one-time link. */
export function SetPasswordForm() {
  const setPassword = useSetPasswordByLink();
  const [code, setCode] = useState<string | null>();
  const form = useForm({ resolver: zodResolver(values), shouldFocusError: false });
  const faults = useFormFaults(form, ["password"]);
  useLinkCode(setCode);

  if (code === null)
    return (
      <Notice tone="info">
        <p>This page works through the link you were given: open it again, or paste all of it.</p>
      </Notice>
    );

  return (
    <PasswordForm
      form={form}
      faults={faults}
      send={({ password }, told) => setPassword.mutate({ code: code ?? "", password }, told)}
      onSent={() => window.location.replace("/sign-in?notice=password-set")}
      action="Set password"
      pendingText="Setting…"
      pending={setPassword.isPending || setPassword.isSuccess}
    >
      <NewPasswordField
        label="New password"
        id={faults.idOf("password")}
        error={faults.errorOf("password")}
        {...form.register("password")}
      />
    </PasswordForm>
  );
}
