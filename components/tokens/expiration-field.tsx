"use client";

import { expirationLabel, expirations, expiryAfter } from "@/components/tokens/expiration";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { useNow } from "@/components/ui/relative-time";
import { Select } from "@/components/ui/select";
import { absoluteLocal } from "@/components/ui/time-format";

interface ExpirationFieldProps {
  id: string;
  /** In days; `null` is never. */
  value: number | null;
  onValueChange: (days: number | null) => void;
  error?: string | undefined;
}

/** How long a token lives, each choice with the date it comes to. *Never* is allowed, with a warning. */
export function ExpirationField({ id, value, onValueChange, error }: ExpirationFieldProps) {
  const now = useNow() ?? new Date();

  return (
    <div>
      <Field
        label="Expiration"
        id={id}
        error={error}
        hint={
          <>
            For production, 1 year with a rotation plan is usual
            {value !== null && (
              <span className="mt-0.5 block text-ink2">Expires {absoluteLocal(expiryAfter(value, now))}</span>
            )}
          </>
        }
      >
        <Select
          options={expirations.map((choice) => ({
            value: keyOf(choice.days),
            label: expirationLabel(choice, now),
          }))}
          value={keyOf(value)}
          onValueChange={(key) => onValueChange(daysOf(key))}
        />
      </Field>
      {value === null && (
        <div className="mt-2">
          <Notice tone="warning">
            A token that never expires works until somebody revokes it, also after it has leaked.
          </Notice>
        </div>
      )}
    </div>
  );
}

const never = "never";

function keyOf(days: number | null): string {
  return days === null ? never : String(days);
}

function daysOf(key: string): number | null {
  return key === never ? null : Number(key);
}
