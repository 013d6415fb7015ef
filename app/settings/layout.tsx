import type { ReactNode } from "react";
import { SignedInShell } from "@/components/sign-in/signed-in-shell";
import { findPagePrincipal } from "@/lib/access/page-principal";

export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const principal = await findPagePrincipal();
  // Without a session the page leads to the sign-in and back: it knows its path, a layout doesn't.
  if (!principal) return children;

  return <SignedInShell name={principal.user.name}>{children}</SignedInShell>;
}
