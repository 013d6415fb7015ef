"use client";

import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import type { ReactNode, Ref, RefObject } from "react";
import { IconButton } from "@/components/ui/button";

/** Why it opens or closes (`reason`: "escape-key", "close-press", "outside-press" …), and `cancel()` to prevent it. */
export type DialogChange = Base.Root.ChangeEventDetails;

interface DialogProps {
  open: boolean;
  /** Called for every wish to close; a guard calls `change.cancel()` or simply leaves `open` as it is. */
  onOpenChange: (open: boolean, change: DialogChange) => void;
  title: string;
  /** One sentence under the title; read out when the dialog opens. */
  description?: ReactNode;
  /** "Step 1 of 2 · Account"; read out when the dialog opens, and a place to send focus to. */
  step?: string;
  /** A press outside does nothing. */
  keepOnBackdrop?: boolean;
  /** What has focus first; by default the first control inside. */
  initialFocus?: RefObject<HTMLElement | null>;
  /** What has focus afterwards; by default what had it before. */
  finalFocus?: RefObject<HTMLElement | null> | (() => HTMLElement | null);
  titleRef?: Ref<HTMLHeadingElement>;
  stepRef?: Ref<HTMLHeadingElement>;
  children: ReactNode;
}

/** A modal dialog, 560 px at most, with a ✕ named "Close". Nested dialogs belong inside its children. */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  step,
  keepOnBackdrop = false,
  initialFocus,
  finalFocus,
  titleRef,
  stepRef,
  children,
}: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange} disablePointerDismissal={keepOnBackdrop}>
      <Base.Portal>
        {/* Also over another dialog, which would show through otherwise. */}
        <Base.Backdrop className={backdropClasses} forceRender />
        <Base.Viewport className={viewportClasses}>
          <Base.Popup
            className={`${popupClasses} max-w-form`}
            initialFocus={initialFocus ?? firstFieldOf}
            finalFocus={finalFocus}
            data-dialog=""
          >
            <div className="min-w-0 pr-10">
              <Base.Title ref={titleRef} tabIndex={-1} className="text-dialog">
                {title}
              </Base.Title>
              {(step || description) && (
                <Base.Description render={<div />} className="mt-1 text-ink2">
                  {step && (
                    <h3 ref={stepRef} tabIndex={-1}>
                      {step}
                    </h3>
                  )}
                  {description}
                </Base.Description>
              )}
            </div>
            <div className="mt-5">{children}</div>
            {/* Last in the Tab order, though it stands at the top: what the dialog is about comes first. */}
            <Base.Close
              render={
                <IconButton label="Close" className="absolute top-5 right-4 max-md:top-2.5 max-md:right-2">
                  <X />
                </IconButton>
              }
            />
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}

/** The row of buttons that ends a dialog: at the right, full width under 720 px, in the order given. */
export function DialogActions({ children }: { children: ReactNode }) {
  return <div className="mt-6 flex justify-end gap-2 max-md:flex-col">{children}</div>;
}

export const backdropClasses = "fixed inset-0 bg-scrim backdrop-motion";
export const viewportClasses = "fixed inset-0 flex scroll-p-4 overflow-y-auto overscroll-contain p-4";
export const popupClasses =
  "relative m-auto w-full rounded-dialog border border-line bg-surface p-6 text-ink shadow-overlay overlay-motion max-md:p-5";

/** The first field of the topmost dialog. */
export function firstFieldOf(): HTMLElement | boolean {
  const popups = document.querySelectorAll("[data-dialog]");
  const field = popups[popups.length - 1]?.querySelector<HTMLElement>(
    "input:not([type=hidden], [readonly], [aria-hidden=true]), textarea, [role=combobox]",
  );
  return field ?? true;
}
