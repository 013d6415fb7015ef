"use client";

import { useEffect } from "react";
import type { TokenDialog } from "@/components/tokens/use-token-dialog";
import { useToast } from "@/components/ui/toaster";

/** What the dialog is about can't be had: no dialog, but the reason. */
export function useCloseWithReason({ close }: TokenDialog, error: Error | null): void {
  const toast = useToast();
  // biome-ignore lint/correctness/useExhaustiveDependencies: once per error.
  useEffect(() => {
    if (!error) return;
    close();
    toast({ text: error.message });
  }, [error]);
}
