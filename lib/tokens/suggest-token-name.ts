/** A name for the first token of an account, or its next: `pipeline_automation@service` gets `pipeline-automation-1`. */
export function suggestTokenName(userId: string, number = 1): string {
  const stem = userId
    .replace(/@service$/, "")
    .replace(/_+/g, "-")
    .replace(/^-|-$/g, "");
  const suffix = `-${number}`;
  // A name has 100 characters at most.
  return `${stem.slice(0, 100 - suffix.length).replace(/-$/, "")}${suffix}`;
}
