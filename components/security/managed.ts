import type { ManagedBy } from "@/lib/scim/contract";

/** Why something can't be changed here (A8). */
export const managedReason = "Managed by your identity provider";

/** The same with the source: "Managed by your identity provider (token entra)". */
export function managedSource({ token }: ManagedBy): string {
  return token === null ? managedReason : `${managedReason} (token ${token})`;
}
