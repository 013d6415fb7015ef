"use client";

import { useEffect, useRef, useState } from "react";

interface Created {
  id: number;
  /** How the list was narrowed and ordered when it was made. */
  view: string;
}

/**
 * Follows what was just created into its list: its row is scrolled to and tinted for four seconds. Where the list, as
 * it is narrowed now, doesn't show it, `hidden` is true until the view changes.
 * @param view what narrows and orders the list, as one text
 * @param shown the ids in the list; absent while it is being fetched
 */
export function useCreatedRow(view: string, shown: readonly number[] | undefined) {
  const [created, setCreated] = useState<Created | null>(null);
  const row = useRef<HTMLTableRowElement>(null);
  const current = created?.view === view && shown ? created : null;
  const isShown = current !== null && shown?.includes(current.id) === true;

  useEffect(() => {
    if (!isShown) return;
    row.current?.scrollIntoView({ block: "nearest" });
    const timer = setTimeout(() => setCreated(null), tintedMs);
    return () => clearTimeout(timer);
  }, [isShown]);

  return {
    /** The row to tint. */
    id: isShown ? current?.id : undefined,
    row,
    hidden: current !== null && !isShown,
    follow: (id: number, inView: string) => setCreated({ id, view: inView }),
    /** For *Show*: the same one, in another view. */
    followIn: (inView: string) => setCreated((before) => before && { ...before, view: inView }),
  };
}

export type CreatedRow = ReturnType<typeof useCreatedRow>;

const tintedMs = 4_000;
