"use client";

import { AlertDialog as Base } from "@base-ui/react/alert-dialog";
import { type ReactNode, type RefObject, useRef } from "react";
import { Button } from "@/components/ui/button";
import {
  backdropClasses,
  DialogActions,
  firstFieldOf,
  popupClasses,
  viewportClasses,
} from "@/components/ui/dialog";

interface AlertDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** The question: "Discard this service user?" */
  title: string;
  /** What follows from a yes. */
  children?: ReactNode;
  /** What has to be filled in for a yes; it has focus first. */
  form?: ReactNode;
  cancelLabel: string;
  confirmLabel: string;
  /** `danger` for what can't be undone. */
  tone?: "primary" | "danger";
  /** Closing is the owner's decision: it may want to wait for the server first. */
  onConfirm: () => void;
  pending?: boolean;
  pendingText?: string;
  finalFocus?: RefObject<HTMLElement | null> | (() => HTMLElement | null);
}

/**
 * A question that has to be answered. The answer that changes nothing has focus, unless something is to be filled in; Esc
 * gives it too, the backdrop none.
 */
export function AlertDialog({
  open,
  onOpenChange,
  title,
  children,
  form,
  cancelLabel,
  confirmLabel,
  tone = "primary",
  onConfirm,
  pending = false,
  pendingText,
  finalFocus,
}: AlertDialogProps) {
  const cancelRef = useRef<HTMLButtonElement>(null);

  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className={backdropClasses} forceRender />
        <Base.Viewport className={viewportClasses}>
          <Base.Popup
            className={`${popupClasses} max-w-[27.5rem]`}
            initialFocus={form ? firstFieldOf : cancelRef}
            finalFocus={finalFocus}
            data-dialog=""
          >
            <Base.Title className="text-dialog">{title}</Base.Title>
            {children && (
              <Base.Description render={<div />} className="mt-2 text-ink2">
                {children}
              </Base.Description>
            )}
            {form && <div className="mt-4">{form}</div>}
            <DialogActions>
              <Base.Close render={<Button ref={cancelRef}>{cancelLabel}</Button>} />
              <Button variant={tone} onClick={onConfirm} pending={pending} pendingText={pendingText}>
                {confirmLabel}
              </Button>
            </DialogActions>
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}
