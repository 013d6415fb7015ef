"use client";

import type { ComponentProps } from "react";
import { DiscardQuestion } from "@/components/ui/discard-question";

interface DiscardCreationProps extends Omit<ComponentProps<typeof DiscardQuestion>, "children"> {
  /** Whether the last attempt may have come to something all the same. */
  uncertain: boolean;
}

/** Asks before the form of something new goes unsent, or its answer unknown. */
export function DiscardCreation({ uncertain, ...question }: DiscardCreationProps) {
  return (
    <DiscardQuestion {...question}>
      {uncertain
        ? "The last answer got lost, so it may have been created: look for it in the list."
        : "Nothing has been created yet. What you have typed is lost."}
    </DiscardQuestion>
  );
}
