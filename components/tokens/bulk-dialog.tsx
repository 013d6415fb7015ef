"use client";

import { CircleCheck, CircleX } from "lucide-react";
import { useRef, useState } from "react";
import { AffectedList } from "@/components/acts/affected-list";
import { useRequestFault } from "@/components/sign-in/use-request-fault";
import { AlertDialog } from "@/components/ui/alert-dialog";
import { useAnnounce } from "@/components/ui/announcer";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { NoAnswer } from "@/lib/http/client";
import type { RowResults, Token } from "@/lib/tokens/contract";
import { useChangeTokens } from "@/lib/tokens/hooks";

export type BulkAct = "revoke" | "delete";

interface BulkDialogProps {
  act: BulkAct;
  tokens: readonly Token[];
  finalFocus: () => HTMLElement | null;
  /** With the ids of those that it was done to. */
  onDone: (ids: number[]) => void;
  onClose: () => void;
}

/** Asks, does, and then reports on each token by itself. */
export function BulkDialog({ act, tokens, finalFocus, onDone, onClose }: BulkDialogProps) {
  const changeTokens = useChangeTokens(act);
  const announce = useAnnounce();
  const [results, setResults] = useState<RowResults["items"]>();
  const { fail, signIn } = useRequestFault();
  const [fault, setFault] = useState<{ why: string; unknown: boolean }>();
  const words = { revoke: revokeWords, delete: deleteWords }[act];
  const many = tokens.length === 1 ? "1 token" : `${tokens.length} tokens`;

  const run = async () => {
    setFault(undefined);
    announce(words.pending);
    try {
      const { items } = await changeTokens.mutateAsync(tokens.map(({ id }) => id));
      const done = items.filter((item) => item.done);
      announce(`${done.length} of ${many} ${words.done}`);
      setResults(items);
      onDone(done.map(({ id }) => id));
    } catch (error) {
      fail(error, (refusal) => {
        const unknown = refusal instanceof NoAnswer || refusal.status >= 500;
        setFault({ why: refusal.message, unknown });
        announce(
          `${unknown ? "It isn't known what was done." : `None ${words.done}.`} ${refusal.message}`,
          "assertive",
        );
      });
    }
  };

  if (results)
    return (
      <Report tokens={tokens} results={results} done={words.done} finalFocus={finalFocus} onClose={onClose} />
    );

  return (
    <AlertDialog
      open
      onOpenChange={() => !changeTokens.isPending && onClose()}
      title={`${words.verb} ${many}?`}
      cancelLabel="Cancel"
      confirmLabel={`${words.verb} ${many}`}
      tone="danger"
      onConfirm={run}
      pending={changeTokens.isPending}
      pendingText={words.pending}
      finalFocus={finalFocus}
    >
      <div className="flex flex-col gap-3">
        {fault && (
          <Notice tone="danger" title={fault.unknown ? "The answer did not come" : `None ${words.done}`}>
            {fault.why}{" "}
            {fault.unknown &&
              "Each token is wholly done or untouched; the list shows which. Doing it again harms nothing."}
          </Notice>
        )}
        <p>{words.consequence}</p>
        <AffectedList
          label="Tokens"
          items={tokens.map(({ id, name, user }) => ({ id, name, more: `of ${user.name}` }))}
        />
      </div>
      {signIn}
    </AlertDialog>
  );
}

const revokeWords = {
  verb: "Revoke",
  pending: "Revoking…",
  done: "revoked",
  consequence: "Whoever calls with one of them fails at once. Each can be restored until it expires.",
};

const deleteWords = {
  verb: "Delete",
  pending: "Deleting…",
  done: "deleted",
  consequence: "They can't be restored afterwards. The audit log keeps their history.",
};

interface ReportProps {
  tokens: readonly Token[];
  results: RowResults["items"];
  done: string;
  finalFocus: () => HTMLElement | null;
  onClose: () => void;
}

/** What became of each. */
function Report({ tokens, results, done, finalFocus, onClose }: ReportProps) {
  const close = useRef<HTMLButtonElement>(null);
  const nameOf = new Map(tokens.map(({ id, name }) => [id, name]));
  const count = results.filter((result) => result.done).length;

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`${count} of ${results.length} ${done}`}
      initialFocus={close}
      finalFocus={finalFocus}
    >
      <ul className="max-h-80 divide-y divide-line overflow-y-auto rounded-control border border-line">
        {results.map(({ id, done: isDone, problem }) => (
          <li key={id} className="flex items-start gap-2 px-3 py-2">
            {isDone ? (
              <CircleCheck className="mt-0.5 text-active" />
            ) : (
              <CircleX className="mt-0.5 text-danger-text" />
            )}
            <span className="min-w-0 wrap-anywhere">
              <span className="font-medium">{nameOf.get(id)}</span>{" "}
              {isDone ? done : <span className="block text-danger-text">{problem?.detail}</span>}
            </span>
          </li>
        ))}
      </ul>
      <DialogActions>
        <Button ref={close} variant="primary" onClick={onClose}>
          Close
        </Button>
      </DialogActions>
    </Dialog>
  );
}
