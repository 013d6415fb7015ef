/** A name for the first token of an account: `pipeline_automation@service` gets `pipeline-automation-1`. */
export function suggestTokenName(userId: string): string {
  const stem = userId
    .replace(/@service$/, "")
    .replace(/_+/g, "-")
    .replace(/^-|-$/g, "");
  // Two characters are the number's; a name has 100 at most.
  return `${stem.slice(0, 98).replace(/-$/, "")}-1`;
}
