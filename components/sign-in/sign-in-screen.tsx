"use client";

import { SignInForm } from "@/components/sign-in/sign-in-form";

/** The sign-in form on its page. The whole document is replaced, so nothing of before the sign-in lives on. */
export function SignInScreen({ next }: { next: string }) {
  return <SignInForm onSignedIn={() => window.location.replace(next)} />;
}
