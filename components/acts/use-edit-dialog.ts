"use client";

import { parseAsInteger, useQueryState } from "nuqs";

/** Whose *Edit* dialog is open. The address says it (`?edit=5`): opening is a step in the history, Back closes it. */
export function useEditDialog(allowed: boolean) {
  const [id, setId] = useQueryState("edit", parseAsInteger);

  return {
    id: allowed ? id : null,
    open: (whose: number) => void setId(whose, { history: "push" }),
    close: () => void setId(null, { history: "replace" }),
  };
}
