import type { ReactNode } from "react";
import type { Selection } from "@/components/lists/use-selection";
import { Button } from "@/components/ui/button";

interface SelectionBarProps {
  /** Of what is selected, as "Selected tokens". */
  label: string;
  selection: Selection;
  /** What can be done with it: buttons. */
  children: ReactNode;
}

/** What can be done with the selected rows in one go; there while any are selected, and in sight however long the list. */
export function SelectionBar({ label, selection, children }: SelectionBarProps) {
  if (selection.ids.length === 0) return null;

  return (
    <section
      aria-label={label}
      data-sticky-bar=""
      className="flex flex-wrap items-center gap-2 rounded-table border border-line bg-selected px-3.5 py-2 md:sticky md:bottom-4 md:z-1 md:shadow-overlay"
    >
      <p className="mr-2">{selection.ids.length} selected</p>
      {children}
      <Button variant="ghost" onClick={() => selection.setAll(false)}>
        Clear selection
      </Button>
    </section>
  );
}
