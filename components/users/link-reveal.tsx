"use client";

import { useEffect } from "react";
import { Fact, Facts } from "@/components/reveal/facts";
import { RevealEnd } from "@/components/reveal/reveal-end";
import { SecretBox } from "@/components/reveal/secret-box";
import type { Revealed } from "@/components/reveal/use-revealed-secret";
import { useAnnounce } from "@/components/ui/announcer";
import { ExpiryDate } from "@/components/ui/relative-time";
import type { PasswordLink } from "@/lib/sign-in/contract";

/** For the dialog around it. */
export const linkTitle = "Copy the link now";
export const linkDescription =
  "This is the only time it is shown. Whoever opens it sets the password: send it to them and nobody else.";

interface LinkRevealProps {
  link: PasswordLink;
  person: { name: string; user_id: string };
  revealed: Revealed;
}

/** A one-time link, shown once: to copy, and to hide from a shared screen. */
export function LinkReveal({ link, person, revealed }: LinkRevealProps) {
  const announce = useAnnounce();

  useEffect(() => announce("Link created. Shown only once."), [announce]);

  return (
    <>
      <SecretBox what="link" secret={link.url} revealed={revealed} />
      <Facts>
        <Fact term="Person">{person.name}</Fact>
        <Fact term="Signs in as">
          <span className="font-mono text-mono">{person.user_id}</span>
        </Fact>
        <Fact term="Works until">
          <ExpiryDate at={link.expires_at} />, once
        </Fact>
      </Facts>
      <RevealEnd what="link" revealed={revealed} advice="Copy it before you close this window." />
    </>
  );
}
