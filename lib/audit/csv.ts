import { canonicalJson } from "@/lib/audit/canonical";
import type { AuditEvent } from "@/lib/audit/contract";

const columns = [
  "id",
  "at",
  "action",
  "actor_id",
  "actor_user_id",
  "actor_name",
  "token_id",
  "token_name",
  "target_type",
  "target_id",
  "target_name",
  "before",
  "after",
  "ip",
  "user_agent",
  "request_id",
] as const;

/** The first line of a CSV export. */
export const csvHeader = line([...columns]);

/** An entry as a line of CSV (RFC 4180); `before` and `after` are JSON. */
export function csvLine({ actor, token, target, before, after, ...event }: AuditEvent): string {
  const values: Record<(typeof columns)[number], string | number | null | undefined> = {
    ...event,
    actor_id: actor?.id,
    actor_user_id: actor?.user_id,
    actor_name: actor?.name,
    token_id: token?.id,
    token_name: token?.name,
    target_type: target?.type,
    target_id: target?.id,
    target_name: target?.name,
    before: before && canonicalJson(before),
    after: after && canonicalJson(after),
  };
  return line(columns.map((column) => String(values[column] ?? "")));
}

function line(cells: string[]): string {
  return `${cells.map(cell).join(",")}\r\n`;
}

/** A spreadsheet would run what begins like a formula: an apostrophe makes it text (OWASP, CSV injection). */
function cell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
