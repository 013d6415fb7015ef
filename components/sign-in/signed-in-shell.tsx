"use client";

import { type ReactNode, useEffect, useState } from "react";
import { AppShell } from "@/components/shell/app-shell";
import { SignOutEverywhere } from "@/components/sign-in/sign-out-everywhere";
import { useLeave } from "@/components/sign-in/use-leave";
import { useToast } from "@/components/ui/toaster";

interface SignedInShellProps {
  /** Who is signed in. */
  name: string;
  children: ReactNode;
}

/** The frame of the pages behind the sign-in, with its two ways out. */
export function SignedInShell({ name, children }: SignedInShellProps) {
  const [asking, setAsking] = useState(false);
  const toast = useToast();
  const { leave } = useLeave("here", (fault) => toast({ text: `You are still signed in. ${fault.message}` }));
  useFreshAfterRestore();

  return (
    <AppShell name={name} onSignOut={leave} onSignOutEverywhere={() => setAsking(true)}>
      {children}
      <SignOutEverywhere open={asking} onOpenChange={setAsking} />
    </AppShell>
  );
}

/** A page that the browser kept whole and shows again (Back) may be somebody else's by now. */
function useFreshAfterRestore() {
  useEffect(() => {
    const renew = (event: PageTransitionEvent) => {
      if (event.persisted) window.location.reload();
    };
    window.addEventListener("pageshow", renew);
    return () => window.removeEventListener("pageshow", renew);
  }, []);
}
