import { longestName } from "@/lib/users/name";

/** A name for the first token of an account, or its next: `pipeline_automation@service` gets `pipeline-automation-1`. */
export function suggestTokenName(userId: string, number = 1): string {
  const stem = userId
    .replace(/@service$/, "")
    .replace(/_+/g, "-")
    .replace(/^-|-$/g, "");
  const suffix = `-${number}`;
  return `${stem.slice(0, longestName - suffix.length).replace(/-$/, "")}${suffix}`;
}
