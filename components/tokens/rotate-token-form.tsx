"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import type { ReactNode } from "react";
import { useForm } from "react-hook-form";
import { z } from "zod";
import { FormControl } from "@/components/forms/form-control";
import { useFormFaults } from "@/components/forms/use-form-faults";
import { agoText, callerText } from "@/components/token-usage/caller-text";
import { defaultExpirationDays, expirations } from "@/components/tokens/expiration";
import { ExpirationField } from "@/components/tokens/expiration-field";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { RadioRows } from "@/components/ui/radio-rows";
import { useNow } from "@/components/ui/relative-time";
import { TextInput } from "@/components/ui/text-field";
import { absoluteLocal } from "@/components/ui/time-format";
import { rotateToken, type Token } from "@/lib/tokens/contract";
import { nextTokenName } from "@/lib/tokens/next-token-name";

const overlaps = ["24", "168", "0"] as const;
type Overlap = (typeof overlaps)[number];

const rotation = rotateToken.body
  .omit({ overlap_hours: true })
  .required()
  .extend({ overlap: z.enum(overlaps) });
type Input = z.input<typeof rotation>;
type Output = z.output<typeof rotation>;
export type Rotation = z.input<typeof rotateToken.body>;

const fields = ["overlap", "name", "expires_in_days"] as const;

/** The form's state, for the dialog around it. */
export function useRotateTokenForm(token: Token) {
  const form = useForm<Input, unknown, Output>({
    resolver: zodResolver(rotation),
    defaultValues: {
      overlap: "24",
      name: nextTokenName(token.name, new Set()),
      expires_in_days: sameLifetime(token),
    },
    shouldFocusError: false,
  });
  return { form, faults: useFormFaults(form, fields), isDirty: form.formState.isDirty };
}

interface RotateTokenFormProps extends Omit<ReturnType<typeof useRotateTokenForm>, "isDirty"> {
  token: Token;
  onValid: (rotation: Rotation) => void;
  /** Stands above the fields: why the last attempt failed, and the same once more. */
  top: (onRetry: () => void) => ReactNode;
  /** The buttons. */
  children: ReactNode;
}

/** When the old token ends, and what the new one is called and how long it lives. */
export function RotateTokenForm({ form, faults, token, onValid, top, children }: RotateTokenFormProps) {
  const { idOf, errorOf } = faults;
  const overlap = form.watch("overlap");
  const nameTyped = form.formState.dirtyFields.name;

  const submit = form.handleSubmit(
    ({ name, expires_in_days, overlap: hours }) =>
      // Untouched, it is the server's to choose: the number may be taken.
      onValid({ expires_in_days, overlap_hours: Number(hours), ...(nameTyped ? { name } : {}) }),
    faults.onInvalid,
  );

  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-5">
      {top(() => void submit())}
      {faults.top}
      <FormControl form={form} faults={faults} name="overlap">
        {(control) => (
          <div>
            <RadioRows
              label="The old token ends"
              options={choices}
              hint={<EndHint token={token} overlap={overlap} />}
              {...control}
            />
            {overlap === "0" && (
              <div className="mt-2">
                <LeakedNotice token={token} />
              </div>
            )}
          </div>
        )}
      </FormControl>
      <Field
        label="Name"
        id={idOf("name")}
        error={errorOf("name")}
        hint="Of the new token. Unless you change it, the next free number is taken."
      >
        <TextInput {...form.register("name")} />
      </Field>
      <FormControl form={form} faults={faults} name="expires_in_days">
        {(control) => <ExpirationField {...control} />}
      </FormControl>
      {children}
    </form>
  );
}

const choices = [
  {
    value: "24",
    label: "After 24 hours",
    effect: "Both work until then: switch your clients without an outage",
  },
  { value: "168", label: "After 7 days", effect: "For clients that are slow to switch" },
  { value: "0", label: "Now (leaked)", effect: "Clients with the old token fail at once" },
] as const satisfies readonly { value: Overlap; label: string; effect: string }[];

/** The moment it comes to; never past the token's own expiry. */
function EndHint({ token, overlap }: { token: Token; overlap: Overlap }) {
  const now = useNow();
  if (!now || overlap === "0") return "You can end it sooner at any time.";

  const end = new Date(now.getTime() + Number(overlap) * 3_600_000);
  const expiry = token.expiration === null ? null : new Date(token.expiration);
  return expiry && expiry < end
    ? `Ends ${absoluteLocal(expiry)}, when it expires`
    : `Ends ${absoluteLocal(end)}. You can end it sooner at any time.`;
}

function LeakedNotice({ token }: { token: Token }) {
  const now = useNow();
  return (
    <Notice tone="warning">
      {token.last_used_at
        ? `Last used ${agoText(token.last_used_at, now)} by ${callerText(token.last_used_ip, token.last_used_user_agent)}. That client fails until it has the new one.`
        : "Nobody has used it so far."}
    </Notice>
  );
}

/** The choice nearest to what the old one was given. */
function sameLifetime({ created_at, expiration }: Token): number | null {
  if (expiration === null) return null;
  const days = (Date.parse(expiration) - Date.parse(created_at)) / 86_400_000;
  const same = expirations.find((choice) => choice.days !== null && Math.abs(choice.days - days) < 1);
  return same?.days ?? defaultExpirationDays;
}
