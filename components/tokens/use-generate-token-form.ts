"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useForm } from "react-hook-form";
import { z } from "zod";
import { useFormFaults } from "@/components/forms/use-form-faults";
import { defaultExpirationDays } from "@/components/tokens/expiration";
import { type TokenType, tokenTypes } from "@/db/enums";
import { createToken } from "@/lib/tokens/contract";
import { suggestTokenName } from "@/lib/tokens/suggest-token-name";
import type { User } from "@/lib/users/contract";

/** What a creation takes, with the account that is picked for it. */
const generatedToken = createToken.body.omit({ user_id: true }).extend({
  type: z.enum(tokenTypes),
  owner: z.custom<User>().nullable(),
});

type Input = z.input<typeof generatedToken>;
type Output = z.output<typeof generatedToken>;

const fields = ["type", "owner", "name", "expires_in_days", "scim"] as const;

/** What the form begins with. */
export interface TokenDraft {
  type: TokenType;
  owner: User | null;
  name: string;
  expires_in_days?: number | null;
  scim: boolean;
}

/** A name for an account's next token. */
export function nextNameFor({ user_id, tokens }: User): string {
  return suggestTokenName(user_id, tokens.total + 1);
}

/** The form's state, for the dialog around it. */
export function useGenerateTokenForm(draft: TokenDraft) {
  const form = useForm<Input, unknown, Output>({
    resolver: zodResolver(
      generatedToken.refine(({ type, owner }) => type === "Personal" || owner !== null, {
        path: ["owner"],
        error: "Choose the service user that the token is for.",
      }),
    ),
    defaultValues: { expires_in_days: defaultExpirationDays, ...draft },
    shouldFocusError: false,
  });
  return { form, faults: useFormFaults(form, fields), isDirty: form.formState.isDirty };
}
