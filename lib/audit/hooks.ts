import { keepPreviousData, queryOptions, useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { AuditAction, AuditTargetType } from "@/db/enums";
import {
  type AuditPage,
  type AuditVerification,
  listAuditEvents,
  readAuditHead,
  verifyAudit,
} from "@/lib/audit/contract";
import { call } from "@/lib/http/client";

/** What the audit's screens narrow its list by, and where in it they are. */
export interface AuditListFilter {
  actor?: string;
  account?: number;
  token_id?: number;
  action?: AuditAction;
  target_type?: AuditTargetType;
  target_id?: number;
  since?: string;
  until?: string;
  ip?: string;
  request_id?: string;
  cursor?: string;
  size?: number;
}

/** A page of it; how many there are in all nobody counts. */
export function auditQuery(filter: AuditListFilter) {
  return queryOptions({
    queryKey: ["audit", filter],
    queryFn: ({ signal }) => call(listAuditEvents, { query: { ...filter } }, { signal }),
    select: (page: AuditPage) => ({ ...page, total: page.items.length }),
    placeholderData: keepPreviousData,
  });
}

export function auditHeadQuery() {
  return queryOptions({
    queryKey: ["audit-head"],
    queryFn: ({ signal }) => call(readAuditHead, {}, { signal }),
  });
}

/** How far a verification got: all calls of it taken together. */
export interface VerifiedSoFar extends Pick<AuditVerification, "intact" | "fault"> {
  entries: number;
  seals: number;
}

/** Verifies all seals, call by call, while the page is there; `entries` is how many have been proven so far. */
export function useVerification() {
  const [entries, setEntries] = useState(0);
  const leaving = useRef<AbortController>(undefined);
  useEffect(() => () => leaving.current?.abort(), []);
  const mutation = useMutation({
    mutationFn: async (): Promise<VerifiedSoFar> => {
      const sofar: VerifiedSoFar = { intact: true, fault: null, entries: 0, seals: 0 };
      const controller = new AbortController();
      leaving.current = controller;
      setEntries(0);
      for (let next: number | null = 1; next !== null && sofar.intact; ) {
        const part: AuditVerification = await call(
          verifyAudit,
          { body: { from_seal: next } },
          { signal: controller.signal },
        );
        sofar.entries += part.entries;
        sofar.seals = part.to_seal;
        sofar.intact = part.intact;
        sofar.fault = part.fault;
        next = part.next_seal;
        setEntries(sofar.entries);
      }
      return sofar;
    },
  });
  return { ...mutation, entries };
}
