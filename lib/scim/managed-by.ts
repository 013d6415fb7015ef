import { fieldProblem, type Problem } from "@/lib/errors";
import { isoSeconds } from "@/lib/http/timestamps";
import type { ManagedBy } from "@/lib/scim/contract";

/** The columns that tell of an identity provider. */
interface Provisioned {
  provisionedAt: Date | null;
  provisionedByTokenName: string | null;
}

/** How answers tell of the identity provider that manages a row; null for what is managed here. */
export function managedBy(row: Provisioned, fields: ManagedBy["fields"]): ManagedBy | null {
  if (!row.provisionedAt) return null;
  return { token: row.provisionedByTokenName, written_at: isoSeconds(row.provisionedAt), fields };
}

/** The refusal (409) to change here what an identity provider manages (A8). `what` begins the sentence: "The name". */
export function providerManaged(field: string, what: string): Problem {
  return fieldProblem(
    field,
    `${what} is managed by your identity provider: change it there.`,
    "provider_managed",
  );
}
