"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { type RefObject, useEffect, useState } from "react";
import { Controller, useForm } from "react-hook-form";
import type { z } from "zod";
import { requestFault } from "@/components/creation/creation-fault";
import { useFormFaults } from "@/components/forms/use-form-faults";
import { managedSource } from "@/components/security/managed";
import type { Viewer } from "@/components/security/viewer";
import { isSignedOut } from "@/components/sign-in/is-signed-out";
import { SignInToContinue } from "@/components/sign-in/sign-in-to-continue";
import { TeamsField } from "@/components/teams/teams-field";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { DiscardQuestion } from "@/components/ui/discard-question";
import { Field } from "@/components/ui/field";
import { ReadonlyInput, TextArea, TextInput } from "@/components/ui/text-field";
import { useToast } from "@/components/ui/toaster";
import { RoleField } from "@/components/users/role-field";
import { userUpdated } from "@/components/users/user-updated";
import { publicTeamName } from "@/db/enums";
import { type User, userChanges } from "@/lib/users/contract";
import { useUpdateUser } from "@/lib/users/hooks";

const access = userChanges.pick({ name: true, role: true, teams: true, description: true }).required();
const fields = ["name", "role", "teams", "description"] as const;

interface EditUserProps {
  user: User;
  viewer: Viewer;
  onClose: () => void;
  finalFocus: RefObject<HTMLElement | null>;
}

/** "Edit …": what an account is called, what it may do, and what it is for. Only what was changed is sent. */
export function EditUser({ user, viewer, onClose, finalFocus }: EditUserProps) {
  const update = useUpdateUser();
  const toast = useToast();
  const form = useForm<z.input<typeof access>, unknown, z.output<typeof access>>({
    resolver: zodResolver(access),
    defaultValues: valuesOf(user),
    shouldFocusError: false,
  });
  const { idOf, errorOf, onInvalid, onRefused, forget, top } = useFormFaults(form, fields);
  const [signedOut, setSignedOut] = useState(false);
  const [discarding, setDiscarding] = useState(false);
  const { isDirty, dirtyFields, isSubmitting } = form.formState;
  // What the form began with, or was brought up to since: what is changed meanwhile isn't changed back unseen.
  const [seen, setSeen] = useState(user);
  const { managed_by: managed } = user;
  const isManaged = (field: "name" | "role") => managed?.fields.includes(field) === true;
  const fixedRole =
    user.id === viewer.id
      ? "You cannot change your own role. Ask another administrator."
      : managed && isManaged("role") && managedSource(managed);

  const submit = form.handleSubmit(async (values) => {
    forget();
    const changed = fields.filter((field) => dirtyFields[field]);
    const changes = Object.fromEntries(changed.map((field) => [field, values[field]]));
    try {
      if (changed.length > 0) await update.mutateAsync({ id: user.id, changes, version: seen.version });
      onClose();
      if (changed.length > 0) toast({ text: userUpdated });
    } catch (error) {
      const refusal = requestFault(error);
      if (isSignedOut(refusal)) setSignedOut(true);
      else onRefused(refusal);
    }
  }, onInvalid);

  // After a refusal the account comes anew: the fields nobody has touched follow it, what was typed stays.
  const isOutdated = update.isError && user.version !== seen.version;
  useEffect(() => {
    if (!isOutdated) return;
    setSeen(user);
    form.reset(valuesOf(user), { keepDirtyValues: true });
  }, [isOutdated, user, form]);

  const requestClose = () => {
    if (isSubmitting) return;
    if (isDirty) setDiscarding(true);
    else onClose();
  };

  return (
    <Dialog open onOpenChange={requestClose} title={`Edit ${user.name}`} finalFocus={finalFocus}>
      <form noValidate onSubmit={submit} className="flex flex-col gap-5">
        {top}
        {isManaged("name") ? (
          <Field label="Name" hint={managed && managedSource(managed)}>
            <ReadonlyInput value={user.name} />
          </Field>
        ) : (
          <Field
            label="Name"
            id={idOf("name")}
            error={errorOf("name")}
            hint={
              <>
                The ID stays: <span className="font-mono text-mono wrap-anywhere">{user.user_id}</span>
              </>
            }
          >
            <TextInput {...form.register("name")} />
          </Field>
        )}
        {fixedRole ? (
          <Field label="Role" hint={fixedRole}>
            <ReadonlyInput value={user.role} />
          </Field>
        ) : (
          <Controller
            control={form.control}
            name="role"
            render={({ field }) => (
              <RoleField
                of={user.user_type}
                value={field.value}
                onValueChange={field.onChange}
                id={idOf("role")}
                error={errorOf("role")}
              />
            )}
          />
        )}
        <Controller
          control={form.control}
          name="teams"
          render={({ field }) => (
            <TeamsField
              of={user.user_type}
              value={field.value}
              onValueChange={field.onChange}
              id={idOf("teams")}
              error={errorOf("teams")}
            />
          )}
        />
        <Field
          label="Description"
          id={idOf("description")}
          error={errorOf("description")}
          hint="Optional: what the account is for, and who looks after it"
        >
          <TextArea {...form.register("description")} />
        </Field>
        <DialogActions>
          <Button onClick={requestClose}>Cancel</Button>
          <Button type="submit" variant="primary" pending={isSubmitting} pendingText="Saving…">
            Save changes
          </Button>
        </DialogActions>
      </form>
      <DiscardQuestion open={discarding} onOpenChange={setDiscarding} what="your changes" onDiscard={onClose}>
        The account stays as it is.
      </DiscardQuestion>
      <SignInToContinue open={signedOut} onOpenChange={setSignedOut} />
    </Dialog>
  );
}

function valuesOf({ name, role, teams, description }: User): z.input<typeof access> {
  return {
    name,
    role,
    teams: teams.filter((team) => team !== publicTeamName),
    description: description ?? "",
  };
}
