"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useState } from "react";
import { useForm } from "react-hook-form";
import type { z } from "zod";
import { EditDialog } from "@/components/acts/edit-dialog";
import { useFormFaults } from "@/components/forms/use-form-faults";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-field";
import { useToast } from "@/components/ui/toaster";
import { newToken, type Token } from "@/lib/tokens/contract";
import { useChangeToken } from "@/lib/tokens/hooks";

const renaming = newToken.pick({ name: true });
const fields = ["name"] as const;

interface RenameTokenDialogProps {
  token: Token;
  finalFocus: () => HTMLElement | null;
  onClose: () => void;
}

/** "Rename …": gives a token another name, whatever its state. */
export function RenameTokenDialog({ token, finalFocus, onClose }: RenameTokenDialogProps) {
  const changeToken = useChangeToken();
  const toast = useToast();
  // As it was called when the dialog opened.
  const [before] = useState(token.name);
  const form = useForm<z.input<typeof renaming>, unknown, z.output<typeof renaming>>({
    resolver: zodResolver(renaming),
    defaultValues: { name: before },
    shouldFocusError: false,
  });
  const faults = useFormFaults(form, fields);

  return (
    <EditDialog
      title={`Rename ${before}`}
      description="The token itself stays: whoever calls with it notices nothing."
      form={form}
      faults={faults}
      fields={fields}
      save={(changes) => changeToken.mutateAsync({ id: token.id, ...changes })}
      onSaved={({ name }) => toast({ text: `${before} is now called ${name}` })}
      discardMeans="The token keeps its name."
      onClose={onClose}
      finalFocus={finalFocus}
    >
      <Field
        label="Name"
        id={faults.idOf("name")}
        error={faults.errorOf("name")}
        hint="Shown in lists and audit"
      >
        <TextInput {...form.register("name")} />
      </Field>
    </EditDialog>
  );
}
