/** What stands for the id of something that another operation of the same request creates. */
const prefix = "bulkId:";

/** Every bulkId that a value refers to, at any depth. */
export function referencesIn(value: unknown): string[] {
  if (typeof value === "string") return value.startsWith(prefix) ? [value.slice(prefix.length)] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(referencesIn);
}

/** The bulkId in a path like `/Users/bulkId:x`. */
export function referenceInPath(path: string): string | undefined {
  const last = path.split("/").at(-1) ?? "";
  return last.startsWith(prefix) ? last.slice(prefix.length) : undefined;
}

/** The value with each reference replaced by its id; what `idOf` doesn't know goes, with the element it stands in. */
export function withReferences(value: unknown, idOf: (bulkId: string) => string | undefined): unknown {
  if (typeof value === "string" && value.startsWith(prefix)) return idOf(value.slice(prefix.length));
  if (Array.isArray(value))
    return value.flatMap((item) => {
      const resolved = withReferences(item, idOf);
      return resolved === undefined || isHollow(item, resolved) ? [] : [resolved];
    });
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => {
      const resolved = withReferences(inner, idOf);
      return resolved === undefined || isHollow(inner, resolved) ? [] : [[name, resolved]];
    }),
  );
}

/** Whether an object has lost its value: the rest of it says nothing. */
function isHollow(before: unknown, after: unknown): boolean {
  return (
    typeof before === "object" &&
    before !== null &&
    "value" in before &&
    typeof after === "object" &&
    after !== null &&
    !("value" in after)
  );
}
