"use client";

import { Tooltip as Base } from "@base-ui/react/tooltip";
import { type ReactElement, type ReactNode, useId, useState } from "react";

interface TooltipProps {
  /** What it adds; never the only place for something one needs. */
  content: ReactNode;
  /** A focusable element: a button or a link. */
  children: ReactElement;
}

/** Opens on hover, focus and tap, closes on Esc, and describes its trigger while it is open. */
export function Tooltip({ content, children }: TooltipProps) {
  const id = useId();
  const [open, setOpen] = useState(false);

  return (
    <Base.Root open={open} onOpenChange={setOpen}>
      <Base.Trigger
        render={children}
        delay={300}
        closeOnClick={false}
        aria-describedby={open ? id : undefined}
        // A tap is neither hover nor keyboard focus.
        onClick={() => setOpen(true)}
      />
      <Base.Portal>
        <Base.Positioner sideOffset={6} className="z-20">
          <Base.Popup
            id={id}
            role="tooltip"
            className="max-w-80 rounded-control border border-line bg-surface px-2.5 py-1.5 text-help text-ink shadow-overlay overlay-motion"
          >
            {content}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
