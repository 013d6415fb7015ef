"use client";

import type { Revealed } from "@/components/reveal/use-revealed-secret";
import { AlertDialog } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { DialogActions } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";

interface RevealEndProps {
  /** What is shown, as "token". */
  what: string;
  revealed: Revealed;
  /** What to do, while nothing was done: "Copy or download it before you close this window." */
  advice: string;
}

/** Ends a reveal: whether the secret has been saved, *Done*, and the question when it hasn't. */
export function RevealEnd({ what, revealed: { saved, requestClose, question }, advice }: RevealEndProps) {
  return (
    <>
      <div className="mt-4">
        {saved === null && <Notice tone="warning">Not saved yet. {advice}</Notice>}
        {saved === "copied" && <Notice tone="success">Copied</Notice>}
        {saved === "downloaded" && (
          <Notice tone="success">Download started. Delete the file once stored.</Notice>
        )}
      </div>
      <DialogActions>
        <Button variant={saved ? "primary" : "secondary"} onClick={requestClose}>
          Done
        </Button>
      </DialogActions>
      <AlertDialog
        {...question}
        title={`Close without saving the ${what}?`}
        cancelLabel="Go back"
        confirmLabel="Close without saving"
        tone="danger"
      >
        It can't be shown again: you would have to make another one.
      </AlertDialog>
    </>
  );
}
