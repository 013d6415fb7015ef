"use client";

import { useState } from "react";

/** Which rows of a page are selected; those that are no longer shown don't count. */
export function useSelection(shown: readonly { id: number }[]) {
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const ids = shown.map(({ id }) => id).filter((id) => chosen.has(id));

  return {
    ids,
    all: ids.length > 0 && ids.length === shown.length,
    has: (id: number) => chosen.has(id),
    set: (id: number, selected: boolean) =>
      setChosen((before) => {
        const after = new Set(before);
        if (selected) after.add(id);
        else after.delete(id);
        return after;
      }),
    setAll: (selected: boolean) => setChosen(new Set(selected ? shown.map(({ id }) => id) : [])),
  };
}

export type Selection = ReturnType<typeof useSelection>;
