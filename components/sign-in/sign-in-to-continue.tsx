"use client";

import { useQueryClient } from "@tanstack/react-query";
import { SignInForm } from "@/components/sign-in/sign-in-form";
import { useAnnounce } from "@/components/ui/announcer";
import { Dialog } from "@/components/ui/dialog";

interface SignInToContinueProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/**
 * Stands over a page whose session has ended. What was typed there stays; what was refused is not sent again by itself.
 */
export function SignInToContinue({ open, onOpenChange }: SignInToContinueProps) {
  const client = useQueryClient();
  const announce = useAnnounce();

  const goOn = () => {
    onOpenChange(false);
    announce("Signed in");
    void client.invalidateQueries();
  };

  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Sign in to continue"
      description="Your session has ended. What you have typed is still here."
      keepOnBackdrop
    >
      <SignInForm onSignedIn={goOn} />
    </Dialog>
  );
}
