"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { type RefObject, useEffect, useState } from "react";
import { useForm } from "react-hook-form";
import type { z } from "zod";
import { EditDialog } from "@/components/acts/edit-dialog";
import { FormControl } from "@/components/forms/form-control";
import { useFormFaults } from "@/components/forms/use-form-faults";
import { managedSource } from "@/components/security/managed";
import type { Viewer } from "@/components/security/viewer";
import { TeamsField } from "@/components/teams/teams-field";
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
  const faults = useFormFaults(form, fields);
  const { idOf, errorOf } = faults;
  // What the form began with, or was brought up to since: what is changed meanwhile isn't changed back unseen.
  const [seen, setSeen] = useState(user);
  const { managed_by: managed } = user;
  const isManaged = (field: "name" | "role") => managed?.fields.includes(field) === true;
  const fixedRole =
    user.id === viewer.id
      ? "You cannot change your own role. Ask another administrator."
      : managed && isManaged("role") && managedSource(managed);

  // After a refusal the account comes anew: the fields nobody has touched follow it, what was typed stays.
  const isOutdated = update.isError && user.version !== seen.version;
  useEffect(() => {
    if (!isOutdated) return;
    setSeen(user);
    form.reset(valuesOf(user), { keepDirtyValues: true });
  }, [isOutdated, user, form]);

  return (
    <EditDialog
      title={`Edit ${user.name}`}
      form={form}
      faults={faults}
      fields={fields}
      save={(changes) => update.mutateAsync({ id: user.id, changes, version: seen.version })}
      onSaved={() => toast({ text: userUpdated })}
      discardMeans="The account stays as it is."
      onClose={onClose}
      finalFocus={finalFocus}
    >
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
        <FormControl form={form} faults={faults} name="role">
          {(control) => <RoleField of={user.user_type} {...control} />}
        </FormControl>
      )}
      <FormControl form={form} faults={faults} name="teams">
        {(control) => <TeamsField of={user.user_type} {...control} />}
      </FormControl>
      <Field
        label="Description"
        id={idOf("description")}
        error={errorOf("description")}
        hint="Optional: what the account is for, and who looks after it"
      >
        <TextArea {...form.register("description")} />
      </Field>
    </EditDialog>
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
