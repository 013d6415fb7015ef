"use client";

import { managedSource } from "@/components/security/managed";
import { RelativeTime } from "@/components/ui/relative-time";
import type { ManagedBy } from "@/lib/scim/contract";

/** Where an account or a team is looked after: here, or by an identity provider over SCIM, and which. */
export function Source({ managedBy }: { managedBy: ManagedBy | null }) {
  if (!managedBy) return <>Local</>;
  return (
    <>
      SCIM: {managedSource(managedBy).replace("Managed", "managed")}, last written{" "}
      <RelativeTime at={managedBy.written_at} />
    </>
  );
}
