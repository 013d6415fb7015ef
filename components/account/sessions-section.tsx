"use client";

import { useState } from "react";
import { PageSection } from "@/components/shell/page-section";
import { SignOutEverywhere } from "@/components/sign-in/sign-out-everywhere";
import { Button } from "@/components/ui/button";

/** Ends sessions that one may have left open elsewhere. */
export function SessionsSection() {
  const [asking, setAsking] = useState(false);

  return (
    <PageSection
      title="Sessions"
      lead="Left a browser signed in somewhere? End all of your sessions at once."
    >
      <Button onClick={() => setAsking(true)}>Sign out everywhere…</Button>
      <SignOutEverywhere open={asking} onOpenChange={setAsking} />
    </PageSection>
  );
}
