import type { Metadata } from "next";
import { StandalonePage } from "@/components/shell/standalone-page";
import { SetPasswordForm } from "@/components/sign-in/set-password-form";

export const metadata: Metadata = { title: "Set your password" };

/** Where a one-time link leads. Its code is in the fragment, which only the browser sees. */
export default function SetPasswordPage() {
  return (
    <StandalonePage
      title="Set your password"
      lead="The link works once. All sessions of your account end, and you sign in with the new password."
    >
      <SetPasswordForm />
    </StandalonePage>
  );
}
