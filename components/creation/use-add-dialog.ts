"use client";

import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useState } from "react";

const kinds = ["service-user", "person", "team"] as const;
export type AddKind = (typeof kinds)[number];

/** Which creation dialog is open, and how to change that. */
export interface AddDialog {
  open: AddKind | null;
  show: (kind: AddKind) => void;
  /** Keeps it open, whatever happens to the address: it has begun to create. */
  hold: (kind: AddKind) => void;
  /** The address decides again. Should Back have been pressed meanwhile, it names the dialog anew. */
  release: (kind: AddKind) => void;
  /** Takes a held one out of the address, so that neither reload nor Forward opens it again. */
  settle: () => Promise<unknown>;
  close: () => void;
}

/** The address says it (`?add=service-user`): opening a dialog is a step in the history, so that Back closes it. */
export function useAddDialog(allowed: boolean): AddDialog {
  const [asked, setAsked] = useQueryState("add", parseAsStringLiteral(kinds));
  const [held, setHeld] = useState<AddKind | null>(null);
  const replace = (kind: AddKind | null) => setAsked(kind, { history: "replace" });

  return {
    open: allowed ? (held ?? asked) : null,
    show: (kind) => void setAsked(kind, { history: "push" }),
    hold: setHeld,
    release: (kind) => {
      setHeld(null);
      void replace(kind);
    },
    settle: () => replace(null),
    close: () => {
      setHeld(null);
      void replace(null);
    },
  };
}
