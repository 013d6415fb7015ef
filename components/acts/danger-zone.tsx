import { type ReactNode, type Ref, useId } from "react";
import { PageSection } from "@/components/shell/page-section";
import { Button } from "@/components/ui/button";

/** What ends things, last on the page of what it ends: `Danger`s. */
export function DangerZone({ children }: { children: ReactNode }) {
  return (
    <PageSection title="Danger zone">
      <div className="divide-y divide-expired-line rounded-table border border-expired-line bg-surface">
        {children}
      </div>
    </PageSection>
  );
}

interface DangerProps {
  title: string;
  /** Of the button: "Delete…". */
  label: string;
  /** Why this object doesn't allow it; the button stays, says so, and does nothing. */
  blockedBecause?: string | undefined;
  onPress: (button: HTMLElement) => void;
  buttonRef?: Ref<HTMLButtonElement>;
  /** What it does. */
  children: ReactNode;
}

export function Danger({ title, label, blockedBecause, onPress, buttonRef, children }: DangerProps) {
  const reasonId = useId();

  return (
    <div className="flex flex-wrap items-center justify-between gap-3 px-3.5 py-3">
      <div className="min-w-0">
        <p className="font-medium">{title}</p>
        <p className="text-ink2">{children}</p>
        {blockedBecause && (
          <p id={reasonId} className="text-help text-ink3">
            {blockedBecause}
          </p>
        )}
      </div>
      <Button
        ref={buttonRef}
        className="shrink-0 max-md:w-full"
        aria-disabled={blockedBecause !== undefined || undefined}
        aria-describedby={blockedBecause ? reasonId : undefined}
        onClick={(event) => onPress(event.currentTarget)}
      >
        {label}
      </Button>
    </div>
  );
}
