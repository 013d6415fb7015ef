"use client";

import { Check, Copy } from "lucide-react";
import { type MouseEvent, type RefObject, useEffect, useState } from "react";
import { useAnnounce } from "@/components/ui/announcer";
import { Button, type ButtonVariant, IconButton } from "@/components/ui/button";
import { type CopyOutcome, copyText } from "@/components/ui/copy-text";

interface CopyButtonProps {
  text: string;
  /** What is copied, unique within the page: "API base URL" makes a button named "Copy API base URL". */
  what: string;
  /** With one it is a button with text; without, an icon. */
  variant?: ButtonVariant;
  /** The element that shows the text; it is selected when nothing else works. */
  shownIn?: RefObject<HTMLElement | null>;
  onOutcome?: (outcome: CopyOutcome) => void;
}

/**
 * Copies, and says what truly happened: a check for two seconds, or what to do by hand, until the next try. In a row of
 * buttons that wraps, that text has its own line.
 */
export function CopyButton({ text, what, variant, shownIn, onOutcome }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<CopyOutcome | null>(null);
  const announce = useAnnounce();

  useEffect(() => {
    if (outcome !== "copied") return;
    const timer = setTimeout(() => setOutcome(null), 2000);
    return () => clearTimeout(timer);
  }, [outcome]);

  const copy = async (event: MouseEvent<HTMLElement>) => {
    const dialog = event.currentTarget.closest<HTMLElement>("[role=dialog], [role=alertdialog]");
    const result = await copyText(text, dialog ?? document.body, shownIn?.current ?? null);
    setOutcome(result);
    announce(messages[result](what), result === "copied" ? "polite" : "assertive");
    onOutcome?.(result);
  };

  const icon = outcome === "copied" ? <Check /> : <Copy />;
  const failed = outcome === "selected" || outcome === "failed";

  return (
    <>
      {variant ? (
        <Button variant={variant} icon={icon} onClick={copy}>
          Copy {what}
        </Button>
      ) : (
        <IconButton label={`Copy ${what}`} onClick={copy}>
          {icon}
        </IconButton>
      )}
      {failed && (
        <span className="font-sans text-body text-danger-text md:order-last md:w-full">
          {messages[outcome](what)}
        </span>
      )}
    </>
  );
}

const messages: Record<CopyOutcome, (what: string) => string> = {
  copied: (what) => `${capitalised(what)} copied`,
  selected: (what) => `Copy failed. ${capitalised(what)} selected, press ${modifierKey()}+C`,
  failed: (what) => `Copy failed. Select the ${what} and press ${modifierKey()}+C`,
};

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function modifierKey(): string {
  return /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘" : "Ctrl";
}
