"use client";

import { type ReactNode, type RefObject, useState } from "react";
import { type FieldPath, type FieldValues, get, type UseFormReturn } from "react-hook-form";
import type { FormFaults } from "@/components/forms/use-form-faults";
import { useRequestFault } from "@/components/sign-in/use-request-fault";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { DiscardQuestion } from "@/components/ui/discard-question";

interface EditDialogProps<Values extends FieldValues, Output> {
  title: string;
  description?: string | undefined;
  form: UseFormReturn<Values, unknown, Output>;
  faults: FormFaults<Values, Output>;
  fields: readonly (FieldPath<Values> & keyof Output)[];
  /** Asks the server, for no more than what was changed; the dialog stays until it has answered. */
  save: (changes: Partial<Output>) => Promise<unknown>;
  /** Something was changed, and the dialog is closed. */
  onSaved: (values: Output) => void;
  /** What it means to discard the changes: "The team stays as it is." */
  discardMeans: string;
  onClose: () => void;
  finalFocus: RefObject<HTMLElement | null> | (() => HTMLElement | null);
  /** The fields. */
  children: ReactNode;
}

/** "Edit …": changes what exists, asks before typed changes are lost, and says why when the server refuses. */
export function EditDialog<Values extends FieldValues, Output>({
  title,
  description,
  form,
  faults,
  fields,
  save,
  onSaved,
  discardMeans,
  onClose,
  finalFocus,
  children,
}: EditDialogProps<Values, Output>) {
  const { fail, signIn } = useRequestFault();
  const [discarding, setDiscarding] = useState(false);
  const { isDirty, dirtyFields, isSubmitting } = form.formState;

  const submit = form.handleSubmit(async (values) => {
    faults.forget();
    const changed = fields.filter((field) => get(dirtyFields, field));
    try {
      if (changed.length > 0) await save(partOf(values, changed));
      onClose();
      if (changed.length > 0) onSaved(values);
    } catch (error) {
      fail(error, faults.onRefused);
    }
  }, faults.onInvalid);

  const requestClose = () => {
    if (isSubmitting) return;
    if (isDirty) setDiscarding(true);
    else onClose();
  };

  return (
    <Dialog open onOpenChange={requestClose} title={title} description={description} finalFocus={finalFocus}>
      <form noValidate onSubmit={submit} className="flex flex-col gap-5">
        {faults.top}
        {children}
        <DialogActions>
          <Button onClick={requestClose}>Cancel</Button>
          <Button type="submit" variant="primary" pending={isSubmitting} pendingText="Saving…">
            Save changes
          </Button>
        </DialogActions>
      </form>
      <DiscardQuestion open={discarding} onOpenChange={setDiscarding} what="your changes" onDiscard={onClose}>
        {discardMeans}
      </DiscardQuestion>
      {signIn}
    </Dialog>
  );
}

function partOf<Whole, Key extends keyof Whole>(whole: Whole, keys: readonly Key[]): Partial<Whole> {
  const part: Partial<Whole> = {};
  for (const key of keys) part[key] = whole[key];
  return part;
}
