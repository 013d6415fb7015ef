import type { Metadata } from "next";
import { StandalonePage } from "@/components/shell/standalone-page";
import { ButtonLink } from "@/components/ui/button";

export const metadata: Metadata = { title: "Page not found" };

/** The answer to an address that leads nowhere. */
export default function NotFound() {
  return (
    <StandalonePage
      title="Page not found"
      lead="Nothing is at this address. It may have been deleted, or the link may be mistyped."
    >
      <div>
        <ButtonLink href="/settings/connections">Go to Settings</ButtonLink>
      </div>
    </StandalonePage>
  );
}
