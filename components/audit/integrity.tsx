"use client";

import { useQuery } from "@tanstack/react-query";
import { ShieldCheck } from "lucide-react";
import { useAnnounce } from "@/components/ui/announcer";
import { Button, DownloadLink } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { RelativeTime } from "@/components/ui/relative-time";
import { type AuditHead, readAuditHead } from "@/lib/audit/contract";
import { auditHeadQuery, useVerification, type VerifiedSoFar } from "@/lib/audit/hooks";

/** Whether the record can be trusted: how far it is sealed, the proof on demand, and the head to keep elsewhere. */
export function Integrity() {
  const { data: head, error, refetch } = useQuery(auditHeadQuery());
  const verification = useVerification();
  const announce = useAnnounce();

  const verify = () =>
    verification.mutate(undefined, {
      onSuccess: (result) => announce(outcome(result), result.intact ? "polite" : "assertive"),
      onError: (fault) => announce(`The verification failed. ${fault.message}`, "assertive"),
      onSettled: () => refetch(),
    });

  return (
    <section aria-label="Integrity" className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 rounded-table border border-line bg-surface py-2 pr-2 pl-3.5">
        <p className="flex min-h-9 items-center gap-2.5 text-ink2">
          <ShieldCheck className="text-ink3" />
          <span>
            {head ? (
              <Sealed head={head} />
            ) : error ? (
              "How far it is sealed is unknown."
            ) : (
              "Looking at the seals…"
            )}
          </span>
        </p>
        <div className="flex flex-wrap gap-2 max-md:w-full">
          <Button
            onClick={verify}
            pending={verification.isPending}
            pendingText={`Verifying… ${counted(verification.entries)}`}
            className="max-md:flex-1"
          >
            Verify
          </Button>
          <DownloadLink
            href={readAuditHead.path}
            fileName="latchkey-audit-head.json"
            className="max-md:flex-1"
          >
            Download head
          </DownloadLink>
        </div>
      </div>
      {verification.data && (
        <Notice
          tone={verification.data.intact ? "success" : "danger"}
          title={verification.data.intact ? "Intact" : "The record was touched"}
        >
          {outcome(verification.data)}
        </Notice>
      )}
      {verification.error && (
        <Notice tone="danger" title="The verification failed">
          {verification.error.message} Nothing is known yet of what was recorded.
        </Notice>
      )}
    </section>
  );
}

function Sealed({ head: { seal, to_id, sealed_at, unsealed } }: { head: AuditHead }) {
  const waiting =
    unsealed === 0
      ? ""
      : `${unsealed >= mostCounted ? `${counted(unsealed)} or more` : counted(unsealed)} to be sealed.`;
  if (seal === 0 || sealed_at === null)
    return <>Nothing is sealed yet: it is done about once a minute. {waiting}</>;
  return (
    <>
      Sealed up to entry {to_id.toLocaleString("en")}, <RelativeTime at={sealed_at} />. {waiting}
    </>
  );
}

const mostCounted = 10_000;

function outcome({ intact, fault, entries, seals }: VerifiedSoFar): string {
  if (intact)
    return `${counted(entries)} under ${seals.toLocaleString("en")} ${seals === 1 ? "seal" : "seals"} are as they were recorded.`;
  return `${fault?.detail ?? ""} ${counted(entries)} before it are intact.`;
}

function counted(entries: number): string {
  return `${entries.toLocaleString("en")} ${entries === 1 ? "entry" : "entries"}`;
}
