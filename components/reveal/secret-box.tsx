"use client";

import { Eye, EyeOff } from "lucide-react";
import { type ReactNode, type Ref, useRef, useState } from "react";
import type { Revealed } from "@/components/reveal/use-revealed-secret";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";

interface SecretBoxProps {
  /** What it is, as "token". */
  what: string;
  secret: string;
  revealed: Revealed;
  /** Other ways to keep it, beside *Copy*. */
  children?: ReactNode;
}

/** A secret in full: to copy, and to hide from a shared screen. */
export function SecretBox({ what, secret, revealed: { saved, setSaved }, children }: SecretBoxProps) {
  const [hidden, setHidden] = useState(false);
  const shown = useRef<HTMLElement>(null);

  return (
    <>
      <div className="flex items-start gap-2 rounded-control border border-control bg-sunken py-2 pr-2 pl-3.5">
        {hidden ? (
          <p className="min-w-0 flex-1 py-1.5 text-ink2">Hidden. Copying works all the same.</p>
        ) : (
          <Secret ref={shown} what={what} onCopied={() => setSaved("copied")}>
            {secret}
          </Secret>
        )}
        <Button
          variant="ghost"
          icon={hidden ? <Eye /> : <EyeOff />}
          onClick={() => setHidden((before) => !before)}
        >
          {hidden ? "Show" : "Hide"}
        </Button>
      </div>
      <div className="mt-2.5 flex flex-wrap gap-2 max-md:flex-col">
        <CopyButton
          text={secret}
          what={what}
          variant={saved ? "secondary" : "primary"}
          shownIn={shown}
          onOutcome={(outcome) => {
            if (outcome === "copied") setSaved("copied");
            // To be copied by hand it has to be seen.
            else setHidden(false);
          }}
        />
        {children}
      </div>
    </>
  );
}

interface SecretProps {
  ref: Ref<HTMLElement>;
  what: string;
  /** It was copied by hand. */
  onCopied: () => void;
  children: string;
}

/** Kept from translation services, session recorders and the like. */
function Secret({ ref, what, onCopied, children }: SecretProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset groups controls, this is one text.
    <div
      role="group"
      aria-label={what.charAt(0).toUpperCase() + what.slice(1)}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a stop for the keyboard, to select and copy it by hand.
      tabIndex={0}
      onFocus={(event) => window.getSelection()?.selectAllChildren(event.currentTarget)}
      onCopy={onCopied}
      className="min-w-0 flex-1 rounded-badge py-1.5"
    >
      <code
        ref={ref}
        translate="no"
        data-sentry-mask=""
        data-dd-privacy="hidden"
        className="ph-no-capture block select-all break-all font-mono text-token"
      >
        {children}
      </code>
    </div>
  );
}
