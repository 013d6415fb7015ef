"use client";

import { Download, Eye, EyeOff } from "lucide-react";
import { type ReactNode, type Ref, useEffect, useRef, useState } from "react";
import { downloadToken, tokenFileName } from "@/components/tokens/token-file";
import type { RevealedToken, Saved } from "@/components/tokens/use-revealed-token";
import { AlertDialog } from "@/components/ui/alert-dialog";
import { useAnnounce } from "@/components/ui/announcer";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { DialogActions } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { ExpiryDate } from "@/components/ui/relative-time";
import type { Role } from "@/db/enums";
import type { CreatedToken } from "@/lib/tokens/contract";

/** "Editor · 3 teams": what a token of this account lets one do. */
export function accessOf({ role, teams }: { role: Role; teams: readonly string[] }): string {
  return `${role} · ${teams.length === 1 ? "1 team" : `${teams.length} teams`}`;
}

/** For the dialog around it. */
export const revealTitle = "Copy your token now";
export const revealDescription = "This is the only time it is shown. We store a hash, not the token.";

interface TokenRevealProps {
  token: CreatedToken;
  /** What it lets one do, in words (`accessOf`); of a SCIM token that is settled. */
  access: string;
  revealed: RevealedToken;
}

/** A new token, shown once: to copy, to download, to hide from a shared screen. */
export function TokenReveal({ token, access, revealed }: TokenRevealProps) {
  const { saved, setSaved, requestClose, question } = revealed;
  const [hidden, setHidden] = useState(false);
  const secret = useRef<HTMLElement>(null);
  const announce = useAnnounce();

  useEffect(() => announce("Token created. Shown only once."), [announce]);

  const download = () => {
    downloadToken(token.bearer_token, tokenFileName(token.user.user_id, token.name, new Date()));
    setSaved("downloaded");
    announce("Download started");
  };

  return (
    <>
      <div className="flex items-start gap-2 rounded-control border border-control bg-sunken py-2 pr-2 pl-3.5">
        {hidden ? (
          <p className="min-w-0 flex-1 py-1.5 text-ink2">Hidden. Copying works all the same.</p>
        ) : (
          <Secret ref={secret} onCopied={() => setSaved("copied")}>
            {token.bearer_token}
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
          text={token.bearer_token}
          what="token"
          variant={saved ? "secondary" : "primary"}
          shownIn={secret}
          onOutcome={(outcome) => {
            if (outcome === "copied") setSaved("copied");
            // To be copied by hand it has to be seen.
            else setHidden(false);
          }}
        />
        <Button icon={<Download />} onClick={download}>
          Download .txt
        </Button>
      </div>
      <Facts token={token} access={access} />
      <SavedNotice saved={saved} />
      <DialogActions>
        <Button variant={saved ? "primary" : "secondary"} onClick={requestClose}>
          Done
        </Button>
      </DialogActions>
      <AlertDialog
        {...question}
        title="Close without saving the token?"
        cancelLabel="Go back"
        confirmLabel="Close without saving"
        tone="danger"
      >
        It can't be shown again: you would have to make another one.
      </AlertDialog>
    </>
  );
}

interface SecretProps {
  ref: Ref<HTMLElement>;
  /** It was copied by hand. */
  onCopied: () => void;
  children: string;
}

/** Kept from translation services, session recorders and the like. */
function Secret({ ref, onCopied, children }: SecretProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset groups controls, this is one text.
    <div
      role="group"
      aria-label="Token"
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

function Facts({ token, access }: Pick<TokenRevealProps, "token" | "access">) {
  return (
    <dl className="mt-5 flex flex-col gap-2 border-line border-t pt-4">
      <Fact term="Account">
        {token.user.name} {token.user.user_type === "Service" && <Badge variant="service">Service</Badge>}
      </Fact>
      <Fact term="Token">
        <span className="font-mono text-mono">{token.name}</span>{" "}
        {token.scim && <Badge variant="scim">SCIM</Badge>}
      </Fact>
      <Fact term="Expires">
        <ExpiryDate at={token.expiration} />
      </Fact>
      <Fact term="Access">{token.scim ? "SCIM endpoints only" : access}</Fact>
    </dl>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[7.5rem_minmax(0,1fr)] items-baseline max-md:grid-cols-[5.5rem_minmax(0,1fr)]">
      <dt className="text-ink2">{term}</dt>
      <dd className="wrap-anywhere">{children}</dd>
    </div>
  );
}

function SavedNotice({ saved }: { saved: Saved | null }) {
  return (
    <div className="mt-4">
      {saved === null && (
        <Notice tone="warning">Not saved yet. Copy or download it before you close this window.</Notice>
      )}
      {saved === "copied" && <Notice tone="success">Copied</Notice>}
      {saved === "downloaded" && (
        <Notice tone="success">Download started. Delete the file once stored.</Notice>
      )}
    </div>
  );
}
