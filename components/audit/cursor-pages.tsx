"use client";

import { ChevronLeft, ChevronRight, ChevronsLeft } from "lucide-react";
import { Button } from "@/components/ui/button";

interface CursorPagesProps {
  /** What is listed, as "audit entries". */
  what: string;
  /** Null at the newest. */
  newer: string | null;
  /** Null at the end. */
  older: string | null;
  /** With null: from the newest on. */
  onGoTo: (cursor: string | null) => void;
}

/** *Newest*, *Newer* and *Older*: a list without page numbers, since nobody counts it. Nothing when all is on one page. */
export function CursorPages({ what, newer, older, onGoTo }: CursorPagesProps) {
  if (newer === null && older === null) return null;

  return (
    <nav aria-label={`Pages of ${what}`} className="flex flex-wrap items-center justify-between gap-2">
      <Button
        variant="ghost"
        icon={<ChevronsLeft />}
        aria-disabled={newer === null}
        onClick={() => onGoTo(null)}
      >
        Newest
      </Button>
      <div className="flex gap-2">
        <Button icon={<ChevronLeft />} aria-disabled={newer === null} onClick={() => onGoTo(newer)}>
          Newer
        </Button>
        <Button aria-disabled={older === null} onClick={() => onGoTo(older)}>
          Older
          <ChevronRight />
        </Button>
      </div>
    </nav>
  );
}
