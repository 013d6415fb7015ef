"use client";

import { X } from "lucide-react";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from "react";
import { useAnnounce } from "@/components/ui/announcer";
import { Button, IconButton } from "@/components/ui/button";

export interface ToastMessage {
  text: string;
  /** A short cut to something that is also possible elsewhere. */
  action?: { label: string; onPress: () => void };
}

export type ShowToast = (message: ToastMessage) => void;

/** Shows one message at a time for ten seconds; hover, focus and a hidden tab stop the clock. */
export function Toaster({ children }: { children: ReactNode }) {
  const announce = useAnnounce();
  const [current, setCurrent] = useState<{ message: ToastMessage; count: number } | null>(null);

  const show = useCallback<ShowToast>(
    (message) => {
      setCurrent((before) => ({ message, count: (before?.count ?? 0) + 1 }));
      announce(message.text);
    },
    [announce],
  );
  const dismiss = useCallback(() => setCurrent(null), []);

  return (
    <ToastContext value={show}>
      {children}
      {current && <Toast key={current.count} message={current.message} onDismiss={dismiss} />}
    </ToastContext>
  );
}

/** For messages that may be missed: never the only copy of anything, never the only way to an action. */
export function useToast(): ShowToast {
  return useContext(ToastContext);
}

const ToastContext = createContext<ShowToast>(() => undefined);

function Toast({ message, onDismiss }: { message: ToastMessage; onDismiss: () => void }) {
  const [hovered, setHovered] = useState(false);
  const [focused, setFocused] = useState(false);
  const hidden = useTabHidden();
  const paused = hovered || focused || hidden;

  useEffect(() => {
    if (paused) return;
    const timer = setTimeout(onDismiss, shownFor);
    return () => clearTimeout(timer);
  }, [paused, onDismiss]);

  return (
    <section
      aria-label="Notification"
      onPointerEnter={() => setHovered(true)}
      onPointerLeave={() => setHovered(false)}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
      className="fixed right-6 bottom-6 z-20 flex max-w-[26rem] items-center gap-2 rounded-table border border-line bg-surface py-2 pr-2 pl-4 shadow-overlay max-md:inset-x-4 max-md:bottom-4 max-md:max-w-none"
    >
      <p className="min-w-0 flex-1 py-1">{message.text}</p>
      {message.action && (
        <Button
          variant="ghost"
          onClick={() => {
            message.action?.onPress();
            onDismiss();
          }}
        >
          {message.action.label}
        </Button>
      )}
      <IconButton label="Dismiss notification" onClick={onDismiss}>
        <X />
      </IconButton>
    </section>
  );
}

const shownFor = 10_000;

function useTabHidden(): boolean {
  const [hidden, setHidden] = useState(false);
  useEffect(() => {
    const update = () => setHidden(document.hidden);
    update();
    document.addEventListener("visibilitychange", update);
    return () => document.removeEventListener("visibilitychange", update);
  }, []);
  return hidden;
}
