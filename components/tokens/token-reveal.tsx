"use client";

import { Download } from "lucide-react";
import { useEffect } from "react";
import { Fact, Facts } from "@/components/reveal/facts";
import { RevealEnd } from "@/components/reveal/reveal-end";
import { SecretBox } from "@/components/reveal/secret-box";
import type { Revealed } from "@/components/reveal/use-revealed-secret";
import { downloadToken, tokenFileName } from "@/components/tokens/token-file";
import { useAnnounce } from "@/components/ui/announcer";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
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
  revealed: Revealed;
}

/** A new token, shown once: to copy, to download, to hide from a shared screen. */
export function TokenReveal({ token, access, revealed }: TokenRevealProps) {
  const announce = useAnnounce();

  useEffect(() => announce("Token created. Shown only once."), [announce]);

  const download = () => {
    downloadToken(token.bearer_token, tokenFileName(token.user.user_id, token.name, new Date()));
    revealed.setSaved("downloaded");
    announce("Download started");
  };

  return (
    <>
      <SecretBox what="token" secret={token.bearer_token} revealed={revealed}>
        <Button icon={<Download />} onClick={download}>
          Download .txt
        </Button>
      </SecretBox>
      <TokenFacts token={token} access={access} />
      <RevealEnd
        what="token"
        revealed={revealed}
        advice="Copy or download it before you close this window."
      />
    </>
  );
}

function TokenFacts({ token, access }: Pick<TokenRevealProps, "token" | "access">) {
  return (
    <Facts>
      <Fact term="Account">
        <span className="mr-1">{token.user.name}</span>{" "}
        {token.user.user_type === "Service" && <Badge variant="service">Service</Badge>}
      </Fact>
      <Fact term="Token">
        <span className="mr-1 font-mono text-mono">{token.name}</span>{" "}
        {token.scim && <Badge variant="scim">SCIM</Badge>}
      </Fact>
      <Fact term="Expires">
        <ExpiryDate at={token.expiration} />
      </Fact>
      <Fact term="Access">{token.scim ? "SCIM endpoints only" : access}</Fact>
    </Facts>
  );
}
