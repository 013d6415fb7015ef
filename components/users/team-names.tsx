"use client";

import { useState } from "react";

interface TeamNamesProps {
  names: readonly string[];
  /** Whose they are. */
  of: string;
}

/** The first two teams, or the first where they are long; the number of the others is a button that shows them. */
export function TeamNames({ names, of }: TeamNamesProps) {
  const [all, setAll] = useState(false);
  const atFirst = names.slice(0, 2).join(", ").length > twoLines ? 1 : 2;
  const more = names.length - atFirst;

  return (
    <>
      {(all ? names : names.slice(0, atFirst)).join(", ")}
      {more > 0 && (
        <>
          {" "}
          <button
            type="button"
            aria-expanded={all}
            onClick={() => setAll((before) => !before)}
            className="min-h-6 min-w-6 rounded-badge px-1 text-accent underline-offset-2 hover:underline"
          >
            {all ? "Show less" : `+${more}`}
            <span className="sr-only">{all ? ` of the teams of ${of}` : ` more teams of ${of}`}</span>
          </button>
        </>
      )}
    </>
  );
}

/** As many characters as two lines of the column have room for. */
const twoLines = 32;
