"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import type { RefObject } from "react";
import { useForm } from "react-hook-form";
import type { z } from "zod";
import { FormControl } from "@/components/forms/form-control";
import { useFormFaults } from "@/components/forms/use-form-faults";
import { type CreationCourse, useSecretCreation } from "@/components/reveal/use-secret-creation";
import { TeamsField } from "@/components/teams/teams-field";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { DiscardQuestion } from "@/components/ui/discard-question";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-field";
import { LinkReveal, linkDescription, linkTitle } from "@/components/users/link-reveal";
import { RoleField } from "@/components/users/role-field";
import { type Account, newPerson } from "@/lib/users/contract";
import { useCreateUser } from "@/lib/users/hooks";

interface PersonDialogProps extends CreationCourse<Account> {
  /** What has focus afterwards. */
  finalFocus: RefObject<HTMLElement | null>;
}

const fields = ["name", "email", "role", "teams"] as const;

/** "Add person": who it is, then the one look at the link by which they set their password. */
export function PersonDialog({ finalFocus, ...course }: PersonDialogProps) {
  const form = useForm<z.input<typeof newPerson>, unknown, z.output<typeof newPerson>>({
    resolver: zodResolver(newPerson),
    defaultValues: { user_type: "User", name: "", email: "", role: "Member", teams: [] },
    shouldFocusError: false,
  });
  const faults = useFormFaults(form, fields);
  const { idOf, errorOf } = faults;
  const creation = useSecretCreation({
    mutation: useCreateUser(),
    split: ({ password_link: secret, ...created }) => {
      if (!secret) throw new Error("The server's answer holds no link.");
      return { created, secret };
    },
    place: faults.place,
    isDirty: form.formState.isDirty,
    ...course,
  });
  const { attempt, created, revealed } = creation;
  const submit = form.handleSubmit(creation.create, faults.onInvalid);

  return (
    <Dialog
      {...creation.dialog}
      title={revealed.secret ? linkTitle : "Add person"}
      description={
        revealed.secret ? linkDescription : "You get a one-time link by which they set their password."
      }
      finalFocus={finalFocus}
    >
      {revealed.secret && created ? (
        <LinkReveal link={revealed.secret} person={created} revealed={revealed} />
      ) : (
        <form noValidate onSubmit={submit} className="flex flex-col gap-5">
          {attempt.top(submit)}
          {faults.top}
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
          <FormControl form={form} faults={faults} name="role">
            {(control) => <RoleField of="User" {...control} />}
          </FormControl>
          <FormControl form={form} faults={faults} name="teams">
            {(control) => <TeamsField of="User" {...control} value={control.value ?? []} />}
          </FormControl>
          <DialogActions>
            <Button onClick={creation.requestClose}>Cancel</Button>
            <Button type="submit" variant="primary" {...creation.button}>
              Add person
            </Button>
          </DialogActions>
        </form>
      )}
      <DiscardQuestion {...creation.question} what="this person">
        {attempt.uncertain
          ? "The last answer got lost, so they may have been created: look for them in the list."
          : "Nothing has been created yet. What you have typed is lost."}
      </DiscardQuestion>
      {attempt.signIn}
    </Dialog>
  );
}
