type Fields = Record<string, unknown> | null;

/** One field of an entry, in words; absent on the side where it wasn't recorded. */
export interface Difference {
  field: string;
  before?: string;
  after?: string;
}

/**
 * What an entry says field by field, in the order it was recorded: each with what was before and after. Of something
 * that was made or ended, only the fields that hold something.
 */
export function differencesOf(before: Fields, after: Fields): Difference[] {
  const fields = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  const oneSided = before === null || after === null;
  return [...fields]
    .filter((field) => !oneSided || holdsSomething(before?.[field] ?? after?.[field]))
    .map((field) => ({
      field: fieldName(field),
      ...(before && field in before ? { before: inWords(before[field]) } : {}),
      ...(after && field in after ? { after: inWords(after[field]) } : {}),
    }));
}

/** "Expires in days" for `expires_in_days`. */
function fieldName(field: string): string {
  const words = field
    .replaceAll("_", " ")
    .replace(/\bid\b/g, "ID")
    .replace(/\bip\b/g, "IP")
    .replace(/\bscim\b/g, "SCIM")
    .replace(/\bemail\b/g, "e-mail");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function holdsSomething(value: unknown): boolean {
  if (value === null || value === undefined || value === "") return false;
  return typeof value !== "object" || Object.keys(value).length > 0;
}

function inWords(value: unknown): string {
  if (value === null || value === undefined || value === "") return "none";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map(inWords).join(", ");
  if (typeof value === "object")
    return Object.entries(value)
      .map(([key, member]) => `${key.replaceAll("_", " ")}: ${inWords(member)}`)
      .join("; ");
  return String(value);
}
