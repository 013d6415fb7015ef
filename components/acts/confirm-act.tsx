"use client";

import { type ReactNode, type RefObject, useState } from "react";
import { FormRefusal } from "@/components/forms/form-refusal";
import { useRequestFault } from "@/components/sign-in/use-request-fault";
import { AlertDialog } from "@/components/ui/alert-dialog";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-field";

interface ConfirmActProps {
  /** The question: "Deactivate Pipeline Automation?" */
  title: string;
  /** What follows from a yes. */
  children: ReactNode;
  confirmLabel: string;
  /** "Deactivating…" */
  pendingText: string;
  tone?: "primary" | "danger";
  /** Has to be typed first, in any case. */
  typedWord?: string;
  /** Asks the server; the dialog stays until it has answered. */
  act: () => Promise<unknown>;
  onDone: () => void;
  onClose: () => void;
  finalFocus: RefObject<HTMLElement | null>;
}

/** Asks before something is done to what exists, and says why when the server refuses. Mount it when it is to open. */
export function ConfirmAct({
  title,
  children,
  confirmLabel,
  pendingText,
  tone = "danger",
  typedWord,
  act,
  onDone,
  onClose,
  finalFocus,
}: ConfirmActProps) {
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<{ error: Error; attempt: number }>();
  const { fail, signIn } = useRequestFault();
  const word = useTypedWord(typedWord);

  const confirm = async () => {
    if (pending || !word.check()) return;
    setPending(true);
    setRefusal(undefined);
    try {
      await act();
      onDone();
    } catch (thrown) {
      fail(thrown, (error) => setRefusal((before) => ({ error, attempt: (before?.attempt ?? 0) + 1 })));
    } finally {
      setPending(false);
    }
  };

  return (
    <>
      <AlertDialog
        open
        onOpenChange={() => !pending && onClose()}
        title={title}
        form={word.field(confirm)}
        cancelLabel="Cancel"
        confirmLabel={confirmLabel}
        tone={tone}
        onConfirm={confirm}
        pending={pending}
        pendingText={pendingText}
        finalFocus={finalFocus}
      >
        <div className="flex flex-col gap-2">
          {refusal && <FormRefusal error={refusal.error} attempt={refusal.attempt} />}
          {children}
        </div>
      </AlertDialog>
      {signIn}
    </>
  );
}

/** A word to type, so that nobody does it in passing. */
function useTypedWord(wanted: string | undefined) {
  const [typed, setTyped] = useState("");
  const [wrong, setWrong] = useState(false);
  const isRight = typed.trim().toLowerCase() === wanted?.toLowerCase();

  return {
    /** Whether it was typed, where one is wanted; says so when not. */
    check(): boolean {
      if (wanted === undefined || isRight) return true;
      setWrong(true);
      document.getElementById(fieldId)?.focus();
      return false;
    },
    field: (onEnter: () => void) =>
      wanted !== undefined && (
        <Field
          label={`Type ${wanted} to confirm`}
          id={fieldId}
          error={wrong && !isRight ? `Type the word ${wanted}.` : undefined}
        >
          <TextInput
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            onKeyDown={(event) => event.key === "Enter" && onEnter()}
          />
        </Field>
      ),
  };
}

const fieldId = "typed-word";
