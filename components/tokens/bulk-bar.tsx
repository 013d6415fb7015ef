"use client";

import { useState } from "react";
import { SelectionBar } from "@/components/lists/selection-bar";
import type { Selection } from "@/components/lists/use-selection";
import { type BulkAct, BulkDialog } from "@/components/tokens/bulk-dialog";
import { Button } from "@/components/ui/button";
import type { Token } from "@/lib/tokens/contract";

interface BulkBarProps {
  rows: readonly Token[];
  selection: Selection;
  fallbackFocus: () => HTMLElement | null;
}

/** What can be done with the selected tokens in one go; there while any are selected. */
export function BulkBar({ rows, selection, fallbackFocus }: BulkBarProps) {
  // As they were when it was asked for: what comes of it changes the rows.
  const [asked, setAsked] = useState<{ act: BulkAct; tokens: readonly Token[] } | null>(null);
  const selected = rows.filter(({ id }) => selection.has(id));
  const revocable = selected.filter(({ status }) => status !== "revoked");
  const deletable = selected.filter(({ status }) => status === "revoked");

  return (
    <>
      <SelectionBar label="Selected tokens" selection={selection}>
        {revocable.length > 0 && (
          <Button onClick={() => setAsked({ act: "revoke", tokens: revocable })}>
            Revoke {revocable.length}…
          </Button>
        )}
        {deletable.length > 0 && (
          <Button onClick={() => setAsked({ act: "delete", tokens: deletable })}>
            Delete {deletable.length} revoked…
          </Button>
        )}
      </SelectionBar>
      {asked && (
        <BulkDialog
          {...asked}
          finalFocus={fallbackFocus}
          onDone={(ids) => {
            for (const id of ids) selection.set(id, false);
          }}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  );
}
