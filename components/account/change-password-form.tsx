"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useEffect, useRef } from "react";
import { useForm } from "react-hook-form";
import { useFormFaults } from "@/components/forms/use-form-faults";
import { NewPasswordField } from "@/components/sign-in/new-password-field";
import { PasswordForm } from "@/components/sign-in/password-form";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { PasswordInput } from "@/components/ui/text-field";
import { passwordChange } from "@/lib/sign-in/contract";
import { useChangePassword } from "@/lib/sign-in/hooks";

const empty = { current_password: "", new_password: "" };

/** Changes one's own password; this session goes on. */
export function ChangePasswordForm({ email }: { email: string }) {
  const change = useChangePassword();
  const form = useForm({
    resolver: zodResolver(passwordChange),
    defaultValues: empty,
    shouldFocusError: false,
  });
  const faults = useFormFaults(form, ["current_password", "new_password"]);
  const { idOf, errorOf } = faults;

  return (
    <div className="flex flex-col gap-5">
      {change.isSuccess && <Changed key={change.submittedAt} />}
      <PasswordForm
        form={form}
        faults={faults}
        send={change.mutate}
        onSent={() => form.reset(empty)}
        action="Change password"
        pendingText="Changing…"
        pending={change.isPending}
        buttonClassName="self-start"
      >
        {/* Tells password managers whose password changes. */}
        <input type="text" autoComplete="username" value={email} readOnly hidden />
        <Field label="Current password" id={idOf("current_password")} error={errorOf("current_password")}>
          <PasswordInput autoComplete="current-password" {...form.register("current_password")} />
        </Field>
        <NewPasswordField
          label="New password"
          id={idOf("new_password")}
          error={errorOf("new_password")}
          {...form.register("new_password")}
        />
      </PasswordForm>
    </div>
  );
}

function Changed() {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);

  return (
    <Notice tone="success" ref={box}>
      <p>Your password is changed. Your other sessions have ended.</p>
    </Notice>
  );
}
