"use client";

import { AlertDialog } from "@/components/ui/alert-dialog";

interface DiscardQuestionProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** What would be lost, as "this service user" or "your changes". */
  what: string;
  onDiscard: () => void;
  /** What a yes means. */
  children: string;
}

/** Asks before a form that was filled in goes unsent. */
export function DiscardQuestion({ open, onOpenChange, what, onDiscard, children }: DiscardQuestionProps) {
  return (
    <AlertDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Discard ${what}?`}
      cancelLabel="Keep editing"
      confirmLabel="Discard"
      tone="danger"
      onConfirm={onDiscard}
    >
      {children}
    </AlertDialog>
  );
}
