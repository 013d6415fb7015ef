"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { type RefObject, useState } from "react";
import { Controller, useForm } from "react-hook-form";
import type { z } from "zod";
import { useAttempt } from "@/components/creation/use-attempt";
import { useCreation } from "@/components/creation/use-creation";
import { useRevealedSecret } from "@/components/reveal/use-revealed-secret";
import { useFormFaults } from "@/components/sign-in/form-faults";
import { TeamsField } from "@/components/teams/teams-field";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { DiscardQuestion } from "@/components/ui/discard-question";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-field";
import { LinkReveal, linkDescription, linkTitle } from "@/components/users/link-reveal";
import { RoleField } from "@/components/users/role-field";
import type { PasswordLink } from "@/lib/sign-in/contract";
import { type Account, newPerson } from "@/lib/users/contract";
import { useCreateUser } from "@/lib/users/hooks";

interface PersonDialogProps {
  /** What has focus afterwards. */
  finalFocus: RefObject<HTMLElement | null>;
  /** *Add person* was pressed: from here on the dialog stays, whatever happens to the address. */
  onFinishing: () => void;
  /** It came to nothing; one is at the form again. */
  onFailed: () => void;
  /** The person exists; settles when the address can't lead to the form again. */
  onCreated: () => Promise<unknown>;
  /** With the person, if one was created. */
  onClose: (created: Account | undefined) => void;
}

const fields = ["name", "email", "role", "teams"] as const;

/** "Add person": who it is, then the one look at the link by which they set their password. */
export function PersonDialog({ finalFocus, onFinishing, onFailed, onCreated, onClose }: PersonDialogProps) {
  const createUser = useCreateUser();
  const creation = useCreation(createUser.mutateAsync);
  const form = useForm<z.input<typeof newPerson>, unknown, z.output<typeof newPerson>>({
    resolver: zodResolver(newPerson),
    defaultValues: { user_type: "User", name: "", email: "", role: "Member", teams: [] },
    shouldFocusError: false,
  });
  const { idOf, errorOf, onInvalid, onRefused, top } = useFormFaults(form, fields);
  const [created, setCreated] = useState<Account>();
  const revealed = useRevealedSecret<PasswordLink>(() => onClose(created));
  const attempt = useAttempt((refusal) => {
    if (refusal.errors.length > 0) onRefused(refusal);
    return refusal.errors.length > 0;
  });
  const [discarding, setDiscarding] = useState(false);
  const { isDirty } = form.formState;

  const submit = form.handleSubmit(async (person) => {
    attempt.begin();
    onFinishing();
    try {
      const answer = await creation.run(person, onCreated);
      if (!answer) return;
      const { password_link: link, ...account } = answer;
      if (!link) throw new Error("The server's answer holds no link.");
      setCreated(account);
      revealed.reveal(link);
    } catch (error) {
      onFailed();
      attempt.fail(error);
    } finally {
      // Its result holds the secret.
      createUser.reset();
    }
  }, onInvalid);

  const requestClose = () => {
    if (revealed.secret) revealed.requestClose();
    else if (creation.pending) return;
    else if (isDirty) setDiscarding(true);
    else onClose(undefined);
  };

  return (
    <Dialog
      open
      onOpenChange={requestClose}
      title={revealed.secret ? linkTitle : "Add person"}
      description={
        revealed.secret ? linkDescription : "You get a one-time link by which they set their password."
      }
      keepOnBackdrop={revealed.secret !== null}
      titleRef={revealed.titleRef}
      finalFocus={finalFocus}
    >
      {revealed.secret && created ? (
        <LinkReveal link={revealed.secret} person={created} revealed={revealed} />
      ) : (
        <form noValidate onSubmit={submit} className="flex flex-col gap-5">
          {attempt.top(submit)}
          {top}
          <Field label="Name" id={idOf("name")} error={errorOf("name")} hint="Shown in lists and audit">
            <TextInput {...form.register("name")} />
          </Field>
          <Field
            label="E-mail"
            id={idOf("email")}
            error={errorOf("email")}
            hint="They sign in with it. Latchkey sends no mail: you pass the link on."
          >
            <TextInput inputMode="email" autoCapitalize="none" {...form.register("email")} />
          </Field>
          <Controller
            control={form.control}
            name="role"
            render={({ field }) => (
              <RoleField
                of="User"
                value={field.value}
                onValueChange={field.onChange}
                id={idOf("role")}
                error={errorOf("role")}
              />
            )}
          />
          <Controller
            control={form.control}
            name="teams"
            render={({ field }) => (
              <TeamsField
                of="User"
                value={field.value ?? []}
                onValueChange={field.onChange}
                id={idOf("teams")}
                error={errorOf("teams")}
              />
            )}
          />
          <DialogActions>
            <Button onClick={requestClose}>Cancel</Button>
            <Button
              type="submit"
              variant="primary"
              pending={creation.pending}
              pendingText={creation.pendingText}
            >
              Add person
            </Button>
          </DialogActions>
        </form>
      )}
      <DiscardQuestion
        open={discarding}
        onOpenChange={setDiscarding}
        what="this person"
        onDiscard={() => onClose(undefined)}
      >
        {attempt.uncertain
          ? "The last answer got lost, so they may have been created: look for them in the list."
          : "Nothing has been created yet. What you have typed is lost."}
      </DiscardQuestion>
      {attempt.signIn}
    </Dialog>
  );
}
