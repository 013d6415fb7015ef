"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Viewer } from "@/components/security/viewer";
import { useRequestFault } from "@/components/sign-in/use-request-fault";
import { agoText, callerText } from "@/components/token-usage/caller-text";
import { CallersTable } from "@/components/token-usage/callers-table";
import { AlertDialog } from "@/components/ui/alert-dialog";
import { useAnnounce } from "@/components/ui/announcer";
import { Notice } from "@/components/ui/notice";
import { useNow } from "@/components/ui/relative-time";
import { useToast } from "@/components/ui/toaster";
import { auditQuery } from "@/lib/audit/hooks";
import { NoAnswer } from "@/lib/http/client";
import { tokenUsageQuery } from "@/lib/token-usage/hooks";
import type { Token } from "@/lib/tokens/contract";
import { useChangeToken } from "@/lib/tokens/hooks";

interface RevokeTokenDialogProps {
  token: Token;
  viewer: Viewer;
  finalFocus: () => HTMLElement | null;
  /** For *Restore*, in the message that follows. */
  onRestore: (token: Token) => void;
  onClose: () => void;
}

/** Asks before a token is revoked, and shows who calls with it: they fail at once. */
export function RevokeTokenDialog({ token, viewer, finalFocus, onRestore, onClose }: RevokeTokenDialogProps) {
  const changeToken = useChangeToken();
  const announce = useAnnounce();
  const toast = useToast();
  const { fail, signIn } = useRequestFault();
  const [fault, setFault] = useState<{ why: string; unknown: boolean }>();
  const kind = token.type === "Service" ? "Service token" : "Personal token";
  const isRevoked = token.status === "revoked" && !changeToken.isPending;

  const revoke = async () => {
    setFault(undefined);
    announce("Revoking…");
    try {
      const revoked = await changeToken.mutateAsync({ id: token.id, revoke: true });
      toast({
        text: `${kind} successfully revoked`,
        action: { label: "Restore", onPress: () => onRestore(revoked) },
      });
      onClose();
    } catch (error) {
      fail(error, (refusal) => {
        const unknown = refusal instanceof NoAnswer;
        setFault({ why: refusal.message, unknown });
        announce(`${unknown ? unknownOutcome : notRevoked} ${refusal.message}`, "assertive");
      });
    }
  };

  return (
    <AlertDialog
      open
      onOpenChange={() => !changeToken.isPending && onClose()}
      title={token.retires_at ? `Retire ${token.name} now?` : `Revoke ${token.name}?`}
      cancelLabel={isRevoked ? "Close" : "Cancel"}
      confirmLabel={token.retires_at ? "Retire now" : "Revoke"}
      tone="danger"
      onConfirm={isRevoked ? onClose : revoke}
      pending={changeToken.isPending}
      pendingText="Revoking…"
      finalFocus={finalFocus}
    >
      <div className="flex flex-col gap-3">
        {fault && !isRevoked && (
          <Notice tone="danger" title={fault.unknown ? unknownOutcome : notRevoked}>
            {fault.why} {fault.unknown && "Try again: revoking it twice harms nothing."}
          </Notice>
        )}
        {isRevoked ? (
          <RevokedMeanwhile token={token} canReadAudit={viewer.canManage} />
        ) : (
          <Consequence token={token} />
        )}
      </div>
      {signIn}
    </AlertDialog>
  );
}

const notRevoked = "Not revoked: it still works.";
/** The request may have arrived all the same. */
const unknownOutcome = "It isn't known whether it was revoked.";

/** Somebody was quicker: who, for those who may know, and when. */
function RevokedMeanwhile({ token, canReadAudit }: { token: Token; canReadAudit: boolean }) {
  const now = useNow();
  const { data } = useQuery({
    ...auditQuery({ target_type: "token", target_id: token.id, action: "token.revoked", size: 1 }),
    enabled: canReadAudit && token.revoked_reason === "revoked",
  });
  const who = data?.items[0]?.actor?.name;
  const what = token.revoked_reason === "rotated" ? "retired by its rotation" : "revoked";

  return (
    <p>
      It was {what} {who && `by ${who} `}
      {token.revoked_at && agoText(token.revoked_at, now)}, meanwhile. There is nothing left to do.
    </p>
  );
}

/** What breaks: the last call, then everybody who called. */
function Consequence({ token }: { token: Token }) {
  const now = useNow();
  const { data, error } = useQuery(tokenUsageQuery(token.id));

  return (
    <>
      {token.status === "expired" ? (
        <p>It has expired, so nobody gets in with it. Once revoked it can be deleted.</p>
      ) : token.last_used_at ? (
        <p>
          Last used {agoText(token.last_used_at, now)} by{" "}
          {callerText(token.last_used_ip, token.last_used_user_agent)}. That client fails at once.
        </p>
      ) : (
        <p>Nobody has used it so far.</p>
      )}
      {token.replaced_by && <p>{token.replaced_by.name}, which replaces it, goes on working.</p>}
      {error && <p>Who else uses it could not be looked up.</p>}
      {!data && !error && <p className="text-ink3">Looking up who uses it…</p>}
      {data && data.callers.length > 0 && <CallersTable callers={data.callers} total={data.callers_total} />}
    </>
  );
}
