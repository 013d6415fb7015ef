"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useState } from "react";
import { flushSync } from "react-dom";
import { useForm } from "react-hook-form";
import { useFormFaults } from "@/components/forms/use-form-faults";
import { blankToken, type TokenInput, type TokenOutput, tokenFields } from "@/components/tokens/token-form";
import {
  blankServiceUser,
  type ServiceUserInput,
  type ServiceUserOutput,
  serviceUser,
  serviceUserFields,
} from "@/components/users/service-user-form";
import type { FieldError } from "@/lib/errors";
import { RequestRefused } from "@/lib/http/client";
import { newToken } from "@/lib/tokens/contract";
import { suggestTokenName } from "@/lib/tokens/suggest-token-name";
import { serviceUserId } from "@/lib/users/name";

/** What the wizard has been told so far: an account, then its token. Going back and forth keeps all of it. */
export function useServiceUserDraft() {
  const account = useForm<ServiceUserInput, unknown, ServiceUserOutput>({
    resolver: zodResolver(serviceUser),
    defaultValues: blankServiceUser,
    shouldFocusError: false,
  });
  const token = useForm<TokenInput, unknown, TokenOutput>({
    resolver: zodResolver(newToken),
    defaultValues: blankToken,
    shouldFocusError: false,
  });
  const accountFaults = useFormFaults(account, serviceUserFields);
  const tokenFaults = useFormFaults(token, tokenFields);
  const [checked, setChecked] = useState<ServiceUserOutput | null>(null);
  // Read while rendering, or the form doesn't keep track of what `reset` is to keep.
  const { dirtyFields } = token.formState;

  return {
    account: { form: account, faults: accountFaults },
    token: { form: token, faults: tokenFaults },
    /** The account, once its ID was found free; the second step is about its token. */
    checked,
    dirty: account.formState.isDirty || Object.keys(dirtyFields).length > 0,

    goOn(next: ServiceUserOutput) {
      const name = suggestTokenName(serviceUserId(next.name) ?? "");
      // What was typed stays.
      token.reset({ ...blankToken, name }, { keepDirtyValues: true });
      setChecked(next);
    },

    goBack() {
      setChecked(null);
    },

    /** Shows what the server said beside the fields, at the step that owns them; false when no field is at fault. */
    place(refusal: RequestRefused): boolean {
      const { ofAccount, ofToken } = sort(refusal.errors);
      if (ofAccount.length > 0) {
        // The fields have to be there before one can have focus.
        flushSync(() => setChecked(null));
        accountFaults.onRefused(about(refusal, ofAccount));
      } else if (ofToken.length > 0) tokenFaults.onRefused(about(refusal, ofToken));
      return ofAccount.length + ofToken.length > 0;
    },
  };
}

const ofTokenPrefix = "token.";

function sort(errors: readonly FieldError[]) {
  return {
    ofAccount: errors.filter(({ field }) => serviceUserFields.some((name) => name === field)),
    ofToken: errors
      .filter(({ field }) => field.startsWith(ofTokenPrefix))
      .map(({ field, message }) => ({ field: field.slice(ofTokenPrefix.length), message })),
  };
}

function about({ status, code, message, requestId, retryAfter }: RequestRefused, errors: FieldError[]) {
  return new RequestRefused(status, code, message, errors, requestId, retryAfter);
}
